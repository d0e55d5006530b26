package io.yotposync.sample.shop;

import io.yotposync.sample.shop.CustomerForm.AddressForm;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.broadleafcommerce.common.locale.domain.LocaleImpl;
import org.broadleafcommerce.profile.core.domain.Address;
import org.broadleafcommerce.profile.core.domain.AddressImpl;
import org.broadleafcommerce.profile.core.domain.CountryImpl;
import org.broadleafcommerce.profile.core.domain.Customer;
import org.broadleafcommerce.profile.core.domain.CustomerAddress;
import org.broadleafcommerce.profile.core.domain.CustomerAddressImpl;
import org.broadleafcommerce.profile.core.domain.CustomerAttribute;
import org.broadleafcommerce.profile.core.domain.CustomerAttributeImpl;
import org.broadleafcommerce.profile.core.domain.CustomerPhone;
import org.broadleafcommerce.profile.core.domain.CustomerPhoneImpl;
import org.broadleafcommerce.profile.core.domain.Phone;
import org.broadleafcommerce.profile.core.domain.PhoneImpl;
import org.broadleafcommerce.profile.core.domain.State;
import org.broadleafcommerce.profile.core.domain.StateImpl;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Writes a form's values into Broadleaf's entities, changing rows in place where there are some. */
@Component
class CustomerEditor {

    private final EntityManager entities;

    CustomerEditor(EntityManager entities) {
        this.entities = entities;
    }

    void apply(CustomerForm form, Customer customer) {
        customer.setUsername(form.email());
        customer.setEmailAddress(form.email());
        customer.setFirstName(form.firstName());
        customer.setLastName(form.lastName());
        customer.setReceiveEmail(form.receiveEmail());
        customer.setDeactivated(form.deactivated());
        customer.setCustomerLocale(form.locale() == null ? null : entities.find(LocaleImpl.class, form.locale()));
        phone(form.phone(), customer);
        address(form.address(), customer);
        attributes(form.attributes(), customer);
    }

    private static void phone(@Nullable String number, Customer customer) {
        List<CustomerPhone> phones = customer.getCustomerPhones();
        if (number == null) {
            phones.clear();
        } else if (phones.isEmpty()) {
            Phone phone = new PhoneImpl();
            phone.setPhoneNumber(number);
            phone.setDefault(true);
            phone.setActive(true);
            CustomerPhone link = new CustomerPhoneImpl();
            link.setCustomer(customer);
            link.setPhone(phone);
            phones.add(link);
        } else {
            phones.get(0).getPhone().setPhoneNumber(number);
        }
    }

    private void address(@Nullable AddressForm form, Customer customer) {
        List<CustomerAddress> addresses = customer.getCustomerAddresses();
        if (form == null || form.isEmpty()) {
            addresses.clear();
        } else if (addresses.isEmpty()) {
            CustomerAddress link = new CustomerAddressImpl();
            link.setCustomer(customer);
            link.setAddress(new AddressImpl());
            link.getAddress().setDefault(true);
            link.getAddress().setActive(true);
            fill(form, link.getAddress());
            addresses.add(link);
        } else {
            fill(form, addresses.get(0).getAddress());
        }
    }

    private void fill(AddressForm form, Address address) {
        address.setAddressLine1(form.line1());
        address.setAddressLine2(form.line2());
        address.setCity(form.city());
        address.setPostalCode(form.postalCode());
        address.setCompanyName(form.company());
        CountryImpl country = form.country() == null ? null : entities.find(CountryImpl.class, form.country());
        address.setCountry(country);
        address.setState(form.state() == null || country == null ? null : state(form.state(), country));
    }

    private State state(String abbreviation, CountryImpl country) {
        State known = entities.find(StateImpl.class, abbreviation);
        if (known != null) {
            return known;
        }
        State state = new StateImpl();
        state.setAbbreviation(abbreviation);
        state.setName(abbreviation);
        state.setCountry(country);
        return state;
    }

    private static void attributes(Map<String, String> wanted, Customer customer) {
        Map<String, CustomerAttribute> attributes = customer.getCustomerAttributes();
        attributes.keySet().retainAll(wanted.keySet());
        wanted.forEach((name, value) -> {
            CustomerAttribute attribute = attributes.get(name);
            if (attribute == null) {
                attribute = new CustomerAttributeImpl();
                attribute.setCustomer(customer);
                attribute.setName(name);
                attributes.put(name, attribute);
            }
            if (!Objects.equals(attribute.getValue(), value)) {
                attribute.setValue(value);
            }
        });
    }
}
