package io.yotposync.broadleaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.spy;

import io.yotposync.broadleaf.Entities.LazyInitializationException;
import io.yotposync.broadleaf.Entities.NewerPhone;
import io.yotposync.broadleaf.Entities.SilentAddress;
import io.yotposync.customer.Address;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.customer.Phone;
import java.util.List;
import org.broadleafcommerce.profile.core.domain.Customer;
import org.junit.jupiter.api.Test;

class AddressesAndPhonesTest {

    private final CustomerReader reader = new CustomerReader(List.of());

    @Test
    void oneUnreadableLineOfAnAddressCostsNoMoreThanItself() {
        org.broadleafcommerce.profile.core.domain.Address address = spy(Entities.address("GB"));
        doThrow(new LazyInitializationException()).when(address).getCity();
        doThrow(new LazyInitializationException()).when(address).getPhonePrimary();
        Customer customer = Entities.customer();
        customer.setCustomerAddresses(List.of(Entities.of(address)));

        CustomerSnapshot read = reader.read(customer);

        assertThat(read.partial()).isTrue();
        assertThat(read.address()).isNotNull().extracting(Address::city).isNull();
        assertThat(read.address()).extracting(Address::zip).isEqualTo("EX1 1EX");
    }

    @Test
    void theDefaultAddressIsTakenElseTheFirstActiveOne() {
        org.broadleafcommerce.profile.core.domain.Address inactive = Entities.address("AT");
        inactive.setActive(false);
        org.broadleafcommerce.profile.core.domain.Address standard = Entities.address("CH");
        Customer customer = Entities.customer();
        customer.setCustomerAddresses(
                List.of(Entities.of(inactive), Entities.of(Entities.address("BE")), Entities.of(standard)));

        assertThat(reader.read(customer).address()).extracting(Address::country).isEqualTo("BE");
        standard.setDefault(true);
        assertThat(reader.read(customer).address()).extracting(Address::country).isEqualTo("CH");
        standard.setActive(false);
        assertThat(reader.read(customer).address()).extracting(Address::country).isEqualTo("BE");
    }

    @Test
    void theDefaultPhoneIsTakenElseTheFirstActiveOne() {
        org.broadleafcommerce.profile.core.domain.Phone inactive = Entities.phone("1");
        inactive.setActive(false);
        org.broadleafcommerce.profile.core.domain.Phone standard = Entities.phone("3");
        Customer customer = Entities.customer();
        customer.setCustomerPhones(
                List.of(Entities.of(inactive), Entities.of(Entities.phone("2")), Entities.of(standard)));

        assertThat(reader.read(customer).phone()).isEqualTo(new Phone("2", null));
        standard.setDefault(true);
        assertThat(reader.read(customer).phone()).isEqualTo(new Phone("3", null));
    }

    @Test
    @SuppressWarnings("deprecation") // The old place.
    void anAddressHasItsOwnPhoneInTheNewPlaceOrTheOld() {
        org.broadleafcommerce.profile.core.domain.Address address = Entities.address("GB");
        Customer customer = Entities.customer();
        customer.setCustomerAddresses(List.of(Entities.of(address)));
        address.setPrimaryPhone("020 7946 0018");
        assertThat(reader.read(customer).address())
                .extracting(Address::phone)
                .isEqualTo(new Phone("020 7946 0018", null));

        address.setPhonePrimary(Entities.fill(
                Entities.make(org.broadleafcommerce.profile.core.domain.Phone.class, NewerPhone.class),
                "020 7946 0019"));
        assertThat(reader.read(customer).address())
                .extracting(Address::phone)
                .isEqualTo(new Phone("020 7946 0019", "44"));
    }

    @Test
    void whereTheNewerNameSaysNothingTheOlderOneIsAsked() {
        org.broadleafcommerce.profile.core.domain.Address silent = Entities.fill(
                Entities.make(org.broadleafcommerce.profile.core.domain.Address.class, SilentAddress.class), "GB");
        Customer customer = Entities.customer();
        customer.setCustomerAddresses(List.of(Entities.of(silent)));

        assertThat(reader.read(customer).address()).extracting(Address::country).isEqualTo("GB");
        assertThat(reader.read(customer).address()).extracting(Address::state).isEqualTo("Exampleshire");
    }
}
