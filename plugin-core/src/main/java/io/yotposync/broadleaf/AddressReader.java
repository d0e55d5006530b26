package io.yotposync.broadleaf;

import io.yotposync.customer.Address;
import org.broadleafcommerce.profile.core.domain.Customer;
import org.broadleafcommerce.profile.core.domain.CustomerAddress;
import org.jspecify.annotations.Nullable;

/** Reads the customer's preferred address. */
final class AddressReader {

    private static final BeanPath ISO_COUNTRY = new BeanPath("isoCountryAlpha2");
    private static final BeanPath ALPHA2 = new BeanPath("alpha2");
    private static final BeanPath OLD_COUNTRY = new BeanPath("country.abbreviation");
    private static final BeanPath SUBDIVISION = new BeanPath("isoCountrySubdivision");
    private static final BeanPath OLD_STATE = new BeanPath("state.abbreviation");
    private static final BeanPath OLD_STATE_NAME = new BeanPath("state.name");
    private static final BeanPath REGION = new BeanPath("stateProvinceRegion");

    private final PhoneReader phones = new PhoneReader();

    @Nullable
    Address read(Customer customer, Reading reading) {
        org.broadleafcommerce.profile.core.domain.Address chosen = reading.read(() -> choose(customer, reading));
        if (chosen == null) {
            return null;
        }
        return new Address(
                reading.read(chosen::getAddressLine1),
                reading.read(chosen::getAddressLine2),
                reading.read(chosen::getCity),
                reading.read(chosen::getCompanyName),
                firstOf(reading, chosen, REGION, OLD_STATE_NAME),
                reading.read(chosen::getPostalCode),
                firstOf(reading, chosen, SUBDIVISION, OLD_STATE),
                country(chosen, reading),
                phones.of(chosen, reading));
    }

    private static org.broadleafcommerce.profile.core.domain.@Nullable Address choose(
            Customer customer, Reading reading) {
        return Preferred.of(
                reading.reach(customer.getCustomerAddresses()),
                reading,
                CustomerAddress::getAddress,
                org.broadleafcommerce.profile.core.domain.Address::isActive,
                org.broadleafcommerce.profile.core.domain.Address::isDefault);
    }

    private static @Nullable String country(Object address, Reading reading) {
        Object iso = reading.read(() -> ISO_COUNTRY.read(address, reading));
        String code = iso instanceof String text ? text : reading.read(() -> ALPHA2.text(iso, reading));
        return isGiven(code) ? code : reading.read(() -> OLD_COUNTRY.text(address, reading));
    }

    private static @Nullable String firstOf(Reading reading, Object bean, BeanPath newer, BeanPath older) {
        String value = reading.read(() -> newer.text(bean, reading));
        return isGiven(value) ? value : reading.read(() -> older.text(bean, reading));
    }

    private static boolean isGiven(@Nullable String text) {
        return text != null && !text.isBlank();
    }
}
