package io.yotposync.payload;

import io.yotposync.identity.EmailAddresses;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Yotpo's customer properties, in the order in which they are sent, each with the rule for its value. Source: Yotpo's
 * page on "create or update customer"; lengths are inferred.
 *
 * <p>Addresses and custom properties are beside them, see {@link AddressProperty} and
 * {@link CustomerPayload.Builder#custom}.
 */
public enum CustomerProperty {
    EXTERNAL_ID("external_id", text(255)),
    EMAIL("email", strings(EmailAddresses::plausible)),
    /** Deprecated by Yotpo. E.164. */
    PHONE_NUMBER("phone_number", text(16)),
    FIRST_NAME("first_name", text(255)),
    LAST_NAME("last_name", text(255)),
    GENDER("gender", strings(Clean::gender)),
    ACCOUNT_CREATED_AT("account_created_at", moments()),
    /** Sent, but not part of the fingerprint: a save that changes nothing else is no reason for a request. */
    ACCOUNT_UPDATED_AT("account_updated_at", moments()),
    ACCOUNT_STATUS("account_status", strings(Clean::status)),
    DEFAULT_LANGUAGE("default_language", strings(Clean::language)),
    DEFAULT_CURRENCY("default_currency", strings(Clean::currency)),
    TAGS("tags", strings(raw -> Clean.tags(List.of(raw)))),
    ACCEPTS_EMAIL_MARKETING("accepts_email_marketing", booleans()),
    ACCEPTS_SMS_MARKETING("accepts_sms_marketing", booleans());

    private static final Map<String, CustomerProperty> BY_NAME =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(CustomerProperty::wireName, p -> p));

    private final String wireName;
    private final Function<Object, @Nullable Object> rule;

    CustomerProperty(String wireName, Function<Object, @Nullable Object> rule) {
        this.wireName = wireName;
        this.rule = rule;
    }

    /** The property of that wire name, or {@code null}. */
    public static @Nullable CustomerProperty byName(String wireName) {
        return BY_NAME.get(wireName);
    }

    public String wireName() {
        return wireName;
    }

    /** Whether it can identify a customer, so that it is never dropped to save a request. */
    public boolean identifies() {
        return this == EXTERNAL_ID || this == EMAIL || this == PHONE_NUMBER;
    }

    /** The value as Yotpo takes it, or {@code null} to leave it out. Never throws. */
    @Nullable
    Object clean(@Nullable Object raw) {
        return raw == null ? null : rule.apply(raw);
    }

    private static Function<Object, @Nullable Object> text(int max) {
        return strings(raw -> Clean.text(raw, max));
    }

    private static Function<Object, @Nullable Object> strings(Function<String, @Nullable String> rule) {
        return raw -> rule.apply(raw.toString());
    }

    private static Function<Object, @Nullable Object> moments() {
        return raw -> raw instanceof Instant moment ? Clean.moment(moment) : null;
    }

    private static Function<Object, @Nullable Object> booleans() {
        return raw -> {
            if (raw instanceof Boolean) {
                return raw;
            }
            String text = raw.toString().strip();
            return text.equalsIgnoreCase("true") ? Boolean.TRUE : text.equalsIgnoreCase("false") ? Boolean.FALSE : null;
        };
    }
}
