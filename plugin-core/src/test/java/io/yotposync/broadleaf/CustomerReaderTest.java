package io.yotposync.broadleaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.spy;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.yotposync.CapturedLog;
import io.yotposync.broadleaf.Entities.LazyInitializationException;
import io.yotposync.broadleaf.Entities.NewerAddress;
import io.yotposync.broadleaf.Entities.NewerCustomer;
import io.yotposync.broadleaf.Entities.NewerPhone;
import io.yotposync.customer.Address;
import io.yotposync.customer.Consent;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.customer.Phone;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.broadleafcommerce.common.extensibility.jpa.SiteDiscriminator;
import org.broadleafcommerce.profile.core.domain.Customer;
import org.broadleafcommerce.profile.core.domain.CustomerAttribute;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CustomerReaderTest {

    private final CustomerReader reader = new CustomerReader(List.of());

    @Test
    void copiesEverythingThatIsAllowed() {
        CustomerSnapshot read = reader.read(Entities.customer());

        assertThat(read)
                .isEqualTo(CustomerSnapshot.of("7")
                        .email("a@example.com")
                        .name("Ada", "Example")
                        .language("de_AT")
                        .currency("EUR")
                        .phone(new Phone("020 7946 0018", null))
                        .address(new Address(
                                "1 Example Street",
                                "Flat 2",
                                "Exampleton",
                                "Example Ltd",
                                "Exampleshire",
                                "EX1 1EX",
                                "XY",
                                "GB",
                                null))
                        .emailMarketing(Consent.GRANTED)
                        .createdAt(Entities.CREATED)
                        .updatedAt(Entities.UPDATED)
                        .attribute("tier", "gold")
                        .build());
    }

    @Test
    void neverTouchesPasswordsChallengesOrPayments() {
        Customer customer = spy(Entities.customer());

        reader.read(customer);

        verify(customer, never()).getPassword();
        verify(customer, never()).getUnencodedPassword();
        verify(customer, never()).getChallengeAnswer();
        verify(customer, never()).getUnencodedChallengeAnswer();
        verify(customer, never()).getCustomerPayments();
        verify(customer, never()).getTransientProperties();
    }

    static Stream<Consumer<Customer>> lazyParts() {
        return Stream.of(
                Customer::getCustomerAddresses,
                Customer::getCustomerPhones,
                Customer::getCustomerAttributes,
                Customer::getCustomerLocale,
                Customer::getAuditable);
    }

    @ParameterizedTest
    @MethodSource("lazyParts")
    void aPartOutOfReachIsLeftOutAndTheSnapshotIsPartial(Consumer<Customer> part) {
        Customer customer = spy(Entities.customer());
        part.accept(doThrow(new LazyInitializationException()).when(customer));

        CustomerSnapshot read = reader.read(customer);

        assertThat(read.partial()).isTrue();
        assertThat(read.email()).isEqualTo("a@example.com");
    }

    @Test
    void withAllPartsOutOfReachTheScalarsAreThere() {
        Customer customer = spy(Entities.customer());
        lazyParts()
                .forEach(part ->
                        part.accept(doThrow(new LazyInitializationException()).when(customer)));

        CustomerSnapshot read = reader.read(customer);

        assertThat(read)
                .isEqualTo(CustomerSnapshot.of("7")
                        .email("a@example.com")
                        .name("Ada", "Example")
                        .emailMarketing(Consent.GRANTED)
                        .partial(true)
                        .build());
    }

    @Test
    void aMemberThatThisVersionLacksIsNoGap() {
        Customer customer = spy(Entities.customer());
        doThrow(new NoSuchMethodError()).when(customer).getCustomerPhones();

        CustomerSnapshot read = reader.read(customer);

        assertThat(read.phone()).isNull();
        assertThat(read.partial()).isFalse();
    }

    @Test
    void nullsInsideOfListsAndMapsAreLeftOut() {
        Customer customer = Entities.customer();
        customer.setCustomerAddresses(new ArrayList<>(Arrays.asList(null, Entities.of(Entities.address("FR")))));
        customer.setCustomerPhones(new ArrayList<>(Arrays.asList(null, Entities.of(Entities.phone(" ")))));
        Map<String, CustomerAttribute> attributes = new HashMap<>();
        attributes.put(null, Entities.attribute("x", "y"));
        attributes.put("none", null);
        attributes.put("tier", Entities.attribute("tier", "gold"));
        customer.setCustomerAttributes(attributes);

        CustomerSnapshot read = reader.read(customer);

        assertThat(read.address()).extracting(Address::country).isEqualTo("FR");
        assertThat(read.phone()).isNull();
        assertThat(read.attributes()).isEqualTo(Map.of("tier", "gold"));
        assertThat(read.partial()).isFalse();
    }

    @Test
    void aCustomerOfNothingButAnIdIsRead() {
        Customer customer = mock(Customer.class);
        doReturn(7L).when(customer).getId();
        doReturn(null).when(customer).getCustomerAddresses();
        doReturn(null).when(customer).getCustomerPhones();
        doReturn(null).when(customer).getCustomerAttributes();

        CustomerSnapshot read = reader.read(customer);

        assertThat(read).isEqualTo(CustomerSnapshot.of("7").registered(false).build());
    }

    @Test
    void aCustomerWithoutIdIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> reader.read(Entities.make(Customer.class)));
    }

    @Test
    void newerGettersAreReadByTheirNames() {
        Customer customer = Entities.fill(Entities.make(Customer.class, NewerCustomer.class));
        customer.setCustomerAddresses(List.of(Entities.of(Entities.fill(
                Entities.make(org.broadleafcommerce.profile.core.domain.Address.class, NewerAddress.class), "GB"))));
        customer.setCustomerPhones(List.of(Entities.of(Entities.fill(
                Entities.make(org.broadleafcommerce.profile.core.domain.Phone.class, NewerPhone.class),
                "020 7946 0018"))));

        CustomerSnapshot read = new CustomerReader(List.of("externalId", "externalId")).read(customer);

        assertThat(read.properties()).isEqualTo(Map.of("externalId", "C-7"));
        assertThat(read.gender()).isEqualTo("female");
        assertThat(read.phone()).isEqualTo(new Phone("020 7946 0018", "44"));
        assertThat(read.address())
                .isNotNull()
                .satisfies(address -> assertThat(address.country()).isEqualTo("DE"))
                .satisfies(address -> assertThat(address.provinceCode()).isEqualTo("DE-BE"))
                .satisfies(address -> assertThat(address.state()).isEqualTo("Berlin"));
    }

    @Test
    void configuredPathsAreReadAndAbsentOnesLeftOut() {
        CustomerReader configured = new CustomerReader(
                List.of("auditable.createdBy", "auditable.dateCreated", "receiveEmail", "nothing.at.all", "username"));

        assertThat(configured.read(Entities.customer()).properties())
                .isEqualTo(Map.of(
                        "auditable.createdBy", "42",
                        "auditable.dateCreated", "2025-01-02T03:04:05.678Z",
                        "receiveEmail", "true"));
    }

    /** A customer class of the host's own. */
    public interface NumberedCustomer extends Customer, SiteDiscriminator {
        BigDecimal getNumber();
    }

    @Test
    void aNumberIsTheSameHoweverManyPlacesItsColumnHas() {
        NumberedCustomer customer = mock(NumberedCustomer.class);
        when(customer.getId()).thenReturn(7L);
        when(customer.getNumber()).thenReturn(new BigDecimal("4200.00"), new BigDecimal("4.2E+3"));
        CustomerReader configured = new CustomerReader(List.of("number"));

        assertThat(configured.read(customer).properties()).containsEntry("number", "4200");
        assertThat(configured.read(customer).properties()).containsEntry("number", "4200");
    }

    @Test
    void aTenantsCustomerIsReadWithItsSite() {
        NumberedCustomer customer = mock(NumberedCustomer.class);
        when(customer.getId()).thenReturn(7L);
        when(customer.getSiteDiscriminator()).thenReturn(5L);

        assertThat(reader.read(customer).sites()).containsExactly("5");
    }

    @Test
    void anEntityIsNoValueForItsTextIsAnotherEachTime() {
        CustomerReader configured =
                new CustomerReader(List.of("auditable", "customerAddresses", "class", "customerLocale"));

        CustomerSnapshot read = configured.read(Entities.customer());

        assertThat(read.properties()).isEmpty();
        assertThat(read.partial()).isFalse();
    }

    @Test
    void aPathThatIsOutOfReachMakesTheSnapshotPartial() {
        Customer customer = spy(Entities.customer());
        doThrow(new LazyInitializationException()).when(customer).getUsername();

        CustomerSnapshot read = new CustomerReader(List.of("username")).read(customer);

        assertThat(read.properties()).isEmpty();
        assertThat(read.unread()).containsExactly("username");
        assertThat(read.partial()).isTrue();
    }

    @Test
    void aPathThatIsNoneIsWarnedOfOnce() {
        try (CapturedLog log = new CapturedLog("io.yotposync")) {
            CustomerReader configured = new CustomerReader(List.of("usernam", "username", "auditable.createdBy"));
            configured.read(Entities.customer());
            configured.read(Entities.customer());

            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .contains("CustomerImpl has no property for the path 'usernam'");
        }
    }

    @Test
    void soIsOneThatIsNoneBehindItsFirstProperty() {
        try (CapturedLog log = new CapturedLog("io.yotposync")) {
            CustomerReader configured = new CustomerReader(List.of("auditable.creator"));
            configured.read(Entities.customer());
            configured.read(Entities.customer());

            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .contains("Auditable has no property for the path 'auditable.creator'");
        }
    }

    @Test
    void aDeactivatedCustomerIsSo() {
        Customer customer = Entities.customer();
        customer.setDeactivated(true);

        assertThat(reader.read(customer).deactivated()).isTrue();
    }

    @Test
    @SuppressWarnings("JavaUtilDate")
    void datesOfAnyKindAreRead() {
        Customer customer = Entities.customer();
        customer.getAuditable().setDateUpdated(new java.sql.Timestamp(Entities.UPDATED.toEpochMilli()));
        assertThat(reader.read(customer).updatedAt()).isEqualTo(Entities.UPDATED);

        customer.getAuditable().setDateUpdated(null);
        assertThat(reader.read(customer).updatedAt()).isEqualTo(Entities.CREATED);
        customer.getAuditable().setDateCreated(new java.util.Date(Long.MAX_VALUE));
        assertThat(reader.read(customer).partial()).isFalse();
    }
}
