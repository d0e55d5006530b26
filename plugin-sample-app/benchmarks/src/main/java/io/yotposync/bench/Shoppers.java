package io.yotposync.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import org.broadleafcommerce.profile.core.domain.Address;
import org.broadleafcommerce.profile.core.domain.AddressImpl;
import org.broadleafcommerce.profile.core.domain.Country;
import org.broadleafcommerce.profile.core.domain.CountryImpl;
import org.broadleafcommerce.profile.core.domain.Customer;
import org.broadleafcommerce.profile.core.domain.CustomerAddress;
import org.broadleafcommerce.profile.core.domain.CustomerAddressImpl;
import org.broadleafcommerce.profile.core.domain.CustomerImpl;
import org.broadleafcommerce.profile.core.domain.CustomerPersistedEvent;
import org.broadleafcommerce.profile.core.domain.Phone;
import org.broadleafcommerce.profile.core.domain.PhoneImpl;

/** Broadleaf's own customers, as a shop has them after registration. */
@SuppressWarnings("JavaUtilDate") // Broadleaf's own
public final class Shoppers {

    private static final Country COUNTRY = country();
    private static final Date LONG_AGO = new Date(1_700_000_000_000L);

    private Shoppers() {}

    /** Registered, with e-mail and names. */
    public static Customer registered(long id) {
        CustomerImpl customer = new CustomerImpl();
        customer.setId(id);
        customer.setEmailAddress("shopper-" + id + "@example.com");
        customer.setFirstName("Given");
        customer.setLastName("Family");
        customer.setRegistered(true);
        customer.setReceiveEmail(true);
        customer.getAuditable().setDateCreated(new Date());
        return saved(customer);
    }

    /** The same with a default address, which has a phone. */
    public static Customer complete(long id) {
        Customer customer = registered(id);
        addAddress(customer, true);
        return customer;
    }

    /** The same however often it is asked for, as a database would give it. */
    static Customer unchanging(long id) {
        Customer customer = complete(id);
        customer.getAuditable().setDateCreated(LONG_AGO);
        return customer;
    }

    /** @param phone whether the address has one */
    public static void addAddress(Customer customer, boolean phone) {
        Address address = new AddressImpl();
        address.setAddressLine1("1 Street");
        address.setCity("Town");
        address.setPostalCode("12345");
        address.setCountry(COUNTRY);
        address.setDefault(true);
        address.setActive(true);
        CustomerAddress link = new CustomerAddressImpl();
        link.setCustomer(customer);
        link.setAddress(address);
        customer.setCustomerAddresses(new ArrayList<>(List.of(link)));
        if (phone) {
            addPhone(customer);
        }
    }

    /** To the address that is there. */
    public static void addPhone(Customer customer) {
        Phone phone = new PhoneImpl();
        phone.setPhoneNumber("+1202555" + String.format(java.util.Locale.ROOT, "%04d", 100 + customer.getId() % 500));
        phone.setDefault(true);
        phone.setActive(true);
        customer.getCustomerAddresses().get(0).getAddress().setPhonePrimary(phone);
    }

    /** As Broadleaf stamps each save. */
    public static Customer saved(Customer customer) {
        customer.getAuditable().setDateUpdated(new Date());
        return customer;
    }

    /**
     * As the flush before a commit leaves a customer: Hibernate has compared each property of each entity with what was
     * loaded, so that all of it is in the processor's cache when the event comes.
     *
     * @return what came of the reading, so that it is not left out
     */
    static int flushed(Customer customer) {
        int read = hash(
                customer.getId(),
                customer.getEmailAddress(),
                customer.getFirstName(),
                customer.getLastName(),
                customer.getUsername(),
                customer.isRegistered(),
                customer.isReceiveEmail(),
                customer.isDeactivated(),
                customer.getCustomerLocale(),
                customer.getCustomerAttributes().size(),
                customer.getCustomerPhones().size(),
                customer.getAuditable().getDateCreated(),
                customer.getAuditable().getDateUpdated());
        for (CustomerAddress link : customer.getCustomerAddresses()) {
            Address address = link.getAddress();
            read += hash(
                    address.getAddressLine1(),
                    address.getAddressLine2(),
                    address.getCity(),
                    address.getCompanyName(),
                    address.getPostalCode(),
                    address.getState(),
                    address.getCountry().getAbbreviation(),
                    address.isActive(),
                    address.isDefault());
            Phone phone = address.getPhonePrimary();
            read += phone == null ? 0 : hash(phone.getPhoneNumber(), phone.isActive(), phone.isDefault());
        }
        return read;
    }

    private static int hash(Object... properties) {
        return Arrays.deepHashCode(properties);
    }

    /** What Broadleaf publishes after the commit. */
    public static CustomerPersistedEvent event(Customer customer) {
        return new CustomerPersistedEvent(customer);
    }

    private static Country country() {
        CountryImpl country = new CountryImpl();
        country.setAbbreviation("US");
        country.setName("United States");
        return country;
    }
}
