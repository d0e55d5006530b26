package io.yotposync.identity;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import io.yotposync.customer.IsoCodes;
import io.yotposync.customer.Phone;
import org.jspecify.annotations.Nullable;

/** By libphonenumber's rules; an international number keeps its own country whatever the address says. */
final class LibPhoneNumbers implements PhoneNumbers {

    private static final int MAX_LENGTH = 40;
    private static final String UNKNOWN_REGION = "ZZ";

    private final PhoneNumberUtil util = PhoneNumberUtil.getInstance();

    @Override
    public @Nullable String e164(Phone phone, @Nullable String region) {
        String number = phone.number().strip();
        if (number.isEmpty() || number.length() > MAX_LENGTH) {
            return null;
        }
        try {
            PhoneNumber parsed = util.parse(number, regionOf(phone.country(), region));
            return util.isValidNumber(parsed) ? util.format(parsed, PhoneNumberFormat.E164) : null;
        } catch (NumberParseException notANumber) {
            return null;
        }
    }

    private @Nullable String regionOf(@Nullable String country, @Nullable String fallback) {
        if (country != null && !country.isBlank()) {
            String iso = IsoCodes.country(country);
            if (iso != null) {
                return iso;
            }
            String byCode = util.getRegionCodeForCountryCode(callingCode(country.strip()));
            if (!byCode.equals(UNKNOWN_REGION)) {
                return byCode;
            }
        }
        return IsoCodes.country(fallback);
    }

    private static int callingCode(String text) {
        String digits = text.startsWith("+") ? text.substring(1) : text;
        if (digits.isEmpty() || digits.length() > 3 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return 0;
        }
        return Integer.parseInt(digits);
    }
}
