package io.yotposync.broadleaf;

import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.broadleaf.Entities.ArchivedEntity;
import io.yotposync.broadleaf.Entities.KeptEntity;
import io.yotposync.customer.CustomerSnapshot;
import java.util.List;
import org.broadleafcommerce.profile.core.domain.Address;
import org.broadleafcommerce.profile.core.domain.Customer;
import org.broadleafcommerce.profile.core.domain.CustomerAddress;
import org.broadleafcommerce.profile.core.domain.CustomerPhone;
import org.broadleafcommerce.profile.core.domain.Phone;
import org.junit.jupiter.api.Test;

/** What Broadleaf's admin deletes is a row that stays, with a mark. */
class ArchivedTest {

    private final CustomerReader reader = new CustomerReader(List.of());

    @Test
    void anArchivedCustomerIsDeactivated() {
        Customer customer = Entities.fill(Entities.make(Customer.class, ArchivedEntity.class));

        CustomerSnapshot read = reader.read(customer);

        assertThat(read.deactivated()).isTrue();
        assertThat(read.partial()).isFalse();
        assertThat(reader.readLoaded(customer).deactivated()).isTrue();
    }

    @Test
    void oneThatIsNotArchivedIsNot() {
        assertThat(reader.read(Entities.fill(Entities.make(Customer.class, KeptEntity.class)))
                        .deactivated())
                .isFalse();
    }

    @Test
    void theMarkIsAskedOfTheEntityBehindAProxy() {
        Customer entity = Entities.fill(Entities.make(Customer.class, ArchivedEntity.class));

        assertThat(Archived.is(Entities.proxyOf(entity), new Reading(true))).isTrue();
        assertThat(Archived.is(Entities.proxyOf(Entities.customer()), new Reading(true)))
                .isFalse();
    }

    @Test
    void anArchivedAddressIsNotTakenThoughItSaysThatItIsTheDefault() {
        Address archived = Entities.address("BE");
        archived.setDefault(true);
        CustomerAddress link = Entities.make(CustomerAddress.class, ArchivedEntity.class);
        link.setAddress(archived);
        Customer customer = Entities.customer();
        customer.setCustomerAddresses(List.of(link, Entities.of(Entities.address("FR"))));

        assertThat(reader.read(customer).address())
                .extracting(io.yotposync.customer.Address::country)
                .isEqualTo("FR");
    }

    @Test
    void norIsAnArchivedPhone() {
        Phone archived = Entities.phone("1");
        archived.setDefault(true);
        CustomerPhone link = Entities.make(CustomerPhone.class, ArchivedEntity.class);
        link.setPhone(archived);
        Customer customer = Entities.customer();
        customer.setCustomerPhones(List.of(link, Entities.of(Entities.phone("2"))));

        assertThat(reader.read(customer).phone()).isEqualTo(new io.yotposync.customer.Phone("2", null));
    }
}
