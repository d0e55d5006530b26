package io.yotposync.sample.shop;

import io.yotposync.sample.shop.CustomerView.AddressView;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.broadleafcommerce.common.audit.Auditable;
import org.broadleafcommerce.profile.core.domain.Address;
import org.broadleafcommerce.profile.core.domain.Customer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads Broadleaf's entities for the page, inside the caller's transaction. */
@Component
class CustomerViews {

    private final SyncStates states;

    CustomerViews(SyncStates states) {
        this.states = states;
    }

    CustomerView of(Customer customer) {
        String id = String.valueOf(customer.getId());
        return new CustomerView(
                id,
                customer.getEmailAddress(),
                customer.getFirstName(),
                customer.getLastName(),
                phone(customer),
                customer.getCustomerLocale() == null
                        ? null
                        : customer.getCustomerLocale().getLocaleCode(),
                customer.isReceiveEmail(),
                customer.isDeactivated(),
                address(customer),
                attributes(customer),
                updatedAt(customer.getAuditable()),
                states.of(id));
    }

    private static @Nullable String phone(Customer customer) {
        return customer.getCustomerPhones().stream()
                .map(link -> link.getPhone().getPhoneNumber())
                .findFirst()
                .orElse(null);
    }

    private static @Nullable AddressView address(Customer customer) {
        return customer.getCustomerAddresses().stream()
                .map(link -> address(link.getAddress()))
                .findFirst()
                .orElse(null);
    }

    private static AddressView address(Address address) {
        return new AddressView(
                address.getAddressLine1(),
                address.getAddressLine2(),
                address.getCity(),
                address.getPostalCode(),
                address.getState() == null ? null : address.getState().getAbbreviation(),
                address.getCountry() == null ? null : address.getCountry().getAbbreviation(),
                address.getCompanyName());
    }

    private static Map<String, String> attributes(Customer customer) {
        Map<String, String> values = new TreeMap<>();
        customer.getCustomerAttributes().forEach((name, attribute) -> values.put(name, attribute.getValue()));
        return values;
    }

    @SuppressWarnings("JavaUtilDate") // Auditable's own type
    private static @Nullable Instant updatedAt(@Nullable Auditable auditable) {
        return auditable == null || auditable.getDateUpdated() == null
                ? null
                : Instant.ofEpochMilli(auditable.getDateUpdated().getTime());
    }
}
