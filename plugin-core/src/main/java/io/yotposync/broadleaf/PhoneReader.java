package io.yotposync.broadleaf;

import io.yotposync.customer.Phone;
import org.broadleafcommerce.profile.core.domain.Address;
import org.broadleafcommerce.profile.core.domain.Customer;
import org.broadleafcommerce.profile.core.domain.CustomerPhone;
import org.jspecify.annotations.Nullable;

/** Reads the customer's preferred phone, and an address's own. */
final class PhoneReader {

    private static final BeanPath COUNTRY_CODE = new BeanPath("countryCode");
    private static final BeanPath OLD_PHONE = new BeanPath("primaryPhone");

    @Nullable
    Phone of(Customer customer, Reading reading) {
        return reading.read(() -> choose(customer, reading));
    }

    @Nullable
    Phone of(Address address, Reading reading) {
        Phone primary = reading.read(() -> phone(reading.reach(address.getPhonePrimary()), reading));
        if (primary != null) {
            return primary;
        }
        String old = reading.read(() -> OLD_PHONE.text(address, reading));
        return old == null || old.isBlank() ? null : new Phone(old, null);
    }

    private static @Nullable Phone choose(Customer customer, Reading reading) {
        org.broadleafcommerce.profile.core.domain.Phone chosen = Preferred.of(
                reading.reach(customer.getCustomerPhones()),
                reading,
                CustomerPhone::getPhone,
                org.broadleafcommerce.profile.core.domain.Phone::isActive,
                org.broadleafcommerce.profile.core.domain.Phone::isDefault);
        return phone(chosen, reading);
    }

    private static @Nullable Phone phone(
            org.broadleafcommerce.profile.core.domain.@Nullable Phone phone, Reading reading) {
        String number = phone == null ? null : phone.getPhoneNumber();
        if (number == null || number.isBlank()) {
            return null;
        }
        return new Phone(number, reading.read(() -> COUNTRY_CODE.text(phone, reading)));
    }
}
