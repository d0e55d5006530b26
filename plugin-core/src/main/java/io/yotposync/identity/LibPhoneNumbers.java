package io.yotposync.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import io.yotposync.customer.IsoCodes;
import io.yotposync.customer.Phone;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * By libphonenumber's rules; an international number keeps its own country whatever the address says. Reading a number
 * costs more than all the rest of a save, so the latest ones are remembered: one save comes as several events, and a
 * customer who is saved once is likely to be saved again soon.
 */
final class LibPhoneNumbers implements PhoneNumbers {

    private static final int MAX_LENGTH = 40;
    private static final String UNKNOWN_REGION = "ZZ";

    private static final int REMEMBERED = 1000;
    private static final String NONE = "";

    /**
     * Has no printable form: a key is a phone number. Compared by hand, for the JVM does not see through a record's own
     * comparison, which was a twentieth of a save that changes nothing.
     */
    private record Question(String number, @Nullable String region) {

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Question question
                    && number.equals(question.number)
                    && Objects.equals(region, question.region);
        }

        @Override
        public int hashCode() {
            return 31 * number.hashCode() + Objects.hashCode(region);
        }

        @Override
        public String toString() {
            return "Question[redacted]";
        }
    }

    private final PhoneNumberUtil util = PhoneNumberUtil.getInstance();
    private final Cache<Question, String> known = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .executor(Runnable::run)
            .build();

    @Override
    public @Nullable String e164(Phone phone, @Nullable String region) {
        String number = phone.number().strip();
        if (number.isEmpty() || number.length() > MAX_LENGTH) {
            return null;
        }
        Question question = new Question(number, regionOf(phone.country(), region));
        String answer = known.getIfPresent(question);
        if (answer == null) {
            answer = read(question);
            known.put(question, answer);
        }
        return answer.isEmpty() ? null : answer;
    }

    private String read(Question question) {
        try {
            PhoneNumber parsed = util.parse(question.number(), question.region());
            return util.isValidNumber(parsed) ? util.format(parsed, PhoneNumberFormat.E164) : NONE;
        } catch (NumberParseException notANumber) {
            return NONE;
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
