package io.yotposync.broadleaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.util.List;
import org.broadleafcommerce.profile.core.domain.Address;
import org.broadleafcommerce.profile.core.domain.Customer;
import org.broadleafcommerce.profile.core.domain.CustomerAddress;
import org.broadleafcommerce.profile.core.domain.CustomerAttribute;
import org.broadleafcommerce.profile.core.domain.CustomerPayment;
import org.broadleafcommerce.profile.core.domain.CustomerPhone;
import org.broadleafcommerce.profile.core.domain.Phone;
import org.junit.jupiter.api.Test;

class BroadleafEntitiesTest {

    private final BroadleafEntities entities = new BroadleafEntities(new CustomerReader(List.of()));
    private final Customer customer = mock(Customer.class);
    private final CustomerAddress addressLink = mock(CustomerAddress.class);
    private final CustomerPhone phoneLink = mock(CustomerPhone.class);
    private final CustomerAttribute attribute = mock(CustomerAttribute.class);
    private final Address address = mock(Address.class);
    private final Phone phone = mock(Phone.class);

    @Test
    void aCustomerAndItsPartsConcernUsAndPaymentsDoNot() {
        assertThat(List.of(customer, addressLink, phoneLink, attribute, address, phone))
                .allMatch(entities::concerns);
        assertThat(entities.concerns(mock(CustomerPayment.class))).isFalse();
        assertThat(entities.isCustomer(customer.getClass())).isTrue();
        assertThat(entities.isCustomer(phone.getClass())).isFalse();
    }

    @Test
    void partsKnowTheirCustomerAndDetailsDoNot() {
        when(addressLink.getCustomer()).thenReturn(customer);
        when(phoneLink.getCustomer()).thenReturn(customer);
        when(attribute.getCustomer()).thenReturn(customer);

        assertThat(List.of(customer, addressLink, phoneLink, attribute))
                .allSatisfy(part -> assertThat(entities.customerOf(part)).isSameAs(customer));
        assertThat(entities.customerOf(phone)).isNull();
        assertThat(entities.customerOf(address)).isNull();
    }

    @Test
    void linksLeadToTheirDetails() {
        when(addressLink.getAddress()).thenReturn(address);
        when(phoneLink.getPhone()).thenReturn(phone);

        assertThat(entities.detailOf(addressLink)).isSameAs(address);
        assertThat(entities.detailOf(phoneLink)).isSameAs(phone);
        assertThat(entities.detailOf(customer)).isNull();
    }

    @Test
    void readsTheCustomer() {
        when(customer.getId()).thenReturn(7L);

        assertThat(entities.read(customer).id()).isEqualTo("7");
    }
}
