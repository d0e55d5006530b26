package io.yotposync.broadleaf;

import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.mockito.Mockito.withSettings;

import java.lang.reflect.Field;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.broadleafcommerce.common.audit.Auditable;
import org.broadleafcommerce.common.currency.domain.BroadleafCurrency;
import org.broadleafcommerce.common.locale.domain.Locale;
import org.broadleafcommerce.common.persistence.Status;
import org.broadleafcommerce.profile.core.domain.Address;
import org.broadleafcommerce.profile.core.domain.Country;
import org.broadleafcommerce.profile.core.domain.Customer;
import org.broadleafcommerce.profile.core.domain.CustomerAddress;
import org.broadleafcommerce.profile.core.domain.CustomerAttribute;
import org.broadleafcommerce.profile.core.domain.CustomerPhone;
import org.broadleafcommerce.profile.core.domain.Phone;
import org.broadleafcommerce.profile.core.domain.State;
import org.jspecify.annotations.Nullable;
import org.mockito.Mockito;

/**
 * Broadleaf's own entities, filled; and such as its newer versions have. Made by name, for the compiler stumbles over
 * the annotations of Hibernate on them.
 */
@SuppressWarnings("JavaUtilDate") // Broadleaf's own
public final class Entities {

    static final Instant CREATED = Instant.parse("2025-01-02T03:04:05.678Z");
    static final Instant UPDATED = Instant.parse("2026-02-03T04:05:06.789Z");

    private Entities() {}

    static Customer customer() {
        return fill(make(Customer.class));
    }

    /** Broadleaf's implementation of one of its interfaces. */
    static <T> T make(Class<T> type) {
        try {
            return type.cast(implementation(type).getDeclaredConstructor().newInstance());
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The same with getters that newer versions of it have. */
    static <T> T make(Class<T> type, Class<?> newer) {
        return type.cast(mock(
                implementation(type),
                withSettings().extraInterfaces(newer).useConstructor().defaultAnswer(Mockito.CALLS_REAL_METHODS)));
    }

    private static Class<?> implementation(Class<?> type) {
        try {
            return Class.forName(type.getName() + "Impl");
        } catch (ClassNotFoundException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static Customer fill(Customer customer) {
        customer.setId(7L);
        customer.setRegistered(true);
        customer.setEmailAddress("a@example.com");
        customer.setFirstName("Ada");
        customer.setLastName("Example");
        customer.setReceiveEmail(true);
        customer.setPassword("canary");
        customer.setChallengeAnswer("canary");
        Auditable audit = new Auditable();
        audit.setDateCreated(Date.from(CREATED));
        audit.setDateUpdated(Date.from(UPDATED));
        audit.setCreatedBy(42L);
        customer.setAuditable(audit);
        BroadleafCurrency currency = make(BroadleafCurrency.class);
        currency.setCurrencyCode("EUR");
        Locale locale = make(Locale.class);
        locale.setLocaleCode("de_AT");
        locale.setDefaultCurrency(currency);
        customer.setCustomerLocale(locale);
        customer.setCustomerAttributes(Map.of("tier", attribute("tier", "gold")));
        customer.setCustomerAddresses(new ArrayList<>(List.of(of(address("GB")))));
        customer.setCustomerPhones(new ArrayList<>(List.of(of(phone("020 7946 0018")))));
        return customer;
    }

    static CustomerAttribute attribute(String name, String value) {
        CustomerAttribute attribute = make(CustomerAttribute.class);
        attribute.setName(name);
        attribute.setValue(value);
        return attribute;
    }

    static Address address(String country) {
        return fill(make(Address.class), country);
    }

    static Address fill(Address address, String country) {
        Country land = make(Country.class);
        land.setAbbreviation(country);
        State state = make(State.class);
        state.setAbbreviation("XY");
        state.setName("Exampleshire");
        address.setAddressLine1("1 Example Street");
        address.setAddressLine2("Flat 2");
        address.setCity("Exampleton");
        address.setCompanyName("Example Ltd");
        address.setPostalCode("EX1 1EX");
        address.setCountry(land);
        address.setState(state);
        address.setActive(true);
        return address;
    }

    static CustomerAddress of(Address address) {
        CustomerAddress link = make(CustomerAddress.class);
        link.setAddress(address);
        return link;
    }

    static Phone phone(String number) {
        return fill(make(Phone.class), number);
    }

    static Phone fill(Phone phone, String number) {
        phone.setPhoneNumber(number);
        phone.setActive(true);
        return phone;
    }

    static CustomerPhone of(Phone phone) {
        CustomerPhone link = make(CustomerPhone.class);
        link.setPhone(phone);
        return link;
    }

    /** Named like Hibernate's, which is not here. */
    static final class LazyInitializationException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        LazyInitializationException() {
            super("could not initialize proxy - no Session; a@example.com");
        }
    }

    /** The setter takes no {@code null}; the database does. */
    static Customer withReceiveEmail(@Nullable Boolean choice) {
        Customer customer = customer();
        try {
            Field field = customer.getClass().getDeclaredField("receiveEmail");
            field.setAccessible(true);
            field.set(customer, choice);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
        return customer;
    }

    /** As Hibernate's proxies: without the entity's fields, which are behind it. */
    static Customer proxyOf(Customer entity) {
        Customer proxy =
                (Customer) mock(implementation(Customer.class), withSettings().extraInterfaces(Proxied.class));
        boolean choice = entity.isReceiveEmail();
        when(proxy.isReceiveEmail()).thenReturn(choice);
        when(((Proxied) proxy).getHibernateLazyInitializer()).thenReturn(new Initializer(entity));
        return proxy;
    }

    /** As of 6.2: an id of the merchant's own; and a host's own property. */
    public interface NewerCustomer {
        default String getExternalId() {
            return "C-7";
        }

        default String getGender() {
            return "female";
        }
    }

    /** As of 6.2: ISO's names beside the old ones. */
    public interface NewerAddress {
        default IsoCountry getIsoCountryAlpha2() {
            return new IsoCountry("DE");
        }

        default String getIsoCountrySubdivision() {
            return "DE-BE";
        }

        default String getStateProvinceRegion() {
            return "Berlin";
        }
    }

    /** The same, of which nothing was filled in. */
    public interface SilentAddress {
        default IsoCountry getIsoCountryAlpha2() {
            return new IsoCountry(" ");
        }

        default String getStateProvinceRegion() {
            return "";
        }
    }

    /** As load-time weaving makes an entity that the admin has deleted, from 6.0 on. */
    public interface ArchivedEntity extends Status {
        @Override
        default Character getArchived() {
            return 'Y';
        }

        @Override
        default void setArchived(Character archived) {}

        @Override
        default boolean isActive() {
            return false;
        }
    }

    /** The same of one that is still there. */
    public interface KeptEntity extends ArchivedEntity {
        @Override
        default Character getArchived() {
            return 'N';
        }

        @Override
        default boolean isActive() {
            return true;
        }
    }

    /** Broadleaf's ISOCountry, as far as we read it. */
    public record IsoCountry(String code) {
        public String getAlpha2() {
            return code;
        }
    }

    /** As of 6.2: a country of its own. */
    public interface NewerPhone {
        default String getCountryCode() {
            return "44";
        }
    }

    /** Hibernate's HibernateProxy, as far as we read it. */
    public interface Proxied {
        Initializer getHibernateLazyInitializer();
    }

    /** Hibernate's LazyInitializer, as far as we read it. */
    public record Initializer(Object entity) {
        public Object getImplementation() {
            return entity;
        }
    }
}
