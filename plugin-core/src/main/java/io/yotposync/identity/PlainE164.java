package io.yotposync.identity;

import io.yotposync.customer.Phone;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Takes only what is E.164 already, apart from blanks and punctuation. */
final class PlainE164 implements PhoneNumbers {

    private static final Pattern PUNCTUATION = Pattern.compile("[\\s().-]");
    private static final Pattern E164 = Pattern.compile("\\+[1-9]\\d{6,14}");

    @Override
    public @Nullable String e164(Phone phone, @Nullable String region) {
        String bare = PUNCTUATION.matcher(phone.number()).replaceAll("");
        return E164.matcher(bare).matches() ? bare : null;
    }
}
