package io.yotposync.payload;

import io.yotposync.customer.Consent;
import io.yotposync.customer.IsoCodes;
import io.yotposync.identity.EmailAddresses;
import io.yotposync.identity.ExternalIds;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.UUID;
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
    EXTERNAL_ID("external_id", strings(ExternalIds::usable)),
    EMAIL("email", strings(EmailAddresses::plausible)),
    /** Deprecated by Yotpo. E.164. */
    PHONE_NUMBER("phone_number", strings(Clean::phone)),
    FIRST_NAME("first_name", text(255)),
    LAST_NAME("last_name", text(255)),
    GENDER("gender", strings(Clean::gender)),
    ACCOUNT_CREATED_AT("account_created_at", moments()),
    /** Sent last, and not part of the fingerprint: a save that changes nothing else is no reason for a request. */
    ACCOUNT_UPDATED_AT("account_updated_at", moments()),
    ACCOUNT_STATUS("account_status", strings(Clean::status)),
    DEFAULT_LANGUAGE("default_language", strings(IsoCodes::language)),
    DEFAULT_CURRENCY("default_currency", strings(IsoCodes::currency)),
    TAGS("tags", tags()),
    ACCEPTS_EMAIL_MARKETING("accepts_email_marketing", booleans()),
    ACCEPTS_SMS_MARKETING("accepts_sms_marketing", booleans());

    private static final Map<String, CustomerProperty> BY_NAME =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(CustomerProperty::wireName, p -> p));

    private final String wireName;
    private final String member;
    private final Function<Object, @Nullable Object> rule;

    CustomerProperty(String wireName, Function<Object, @Nullable Object> rule) {
        this.wireName = wireName;
        this.member = '"' + wireName + "\":";
        this.rule = rule;
    }

    /** The property of that wire name, or {@code null}. */
    public static @Nullable CustomerProperty byName(String wireName) {
        return BY_NAME.get(wireName);
    }

    public String wireName() {
        return wireName;
    }

    /** The name as it begins a member of a JSON object. */
    String member() {
        return member;
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
        return raw -> isScalar(raw) ? rule.apply(raw.toString()) : null;
    }

    private static Function<Object, @Nullable Object> tags() {
        return raw -> raw instanceof Collection<?> many
                ? Clean.tags(texts(many).collect(Collectors.joining(",")))
                : isScalar(raw) ? Clean.tags(raw.toString()) : null;
    }

    /** Sorted where there is no order: it would be another in each process. */
    private static Stream<String> texts(Collection<?> many) {
        Stream<String> texts = many.stream().filter(CustomerProperty::isScalar).map(Object::toString);
        boolean ordered = !(many instanceof Set) || many instanceof SortedSet || many instanceof LinkedHashSet;
        return ordered ? texts : texts.sorted();
    }

    /** Anything else has a text that says nothing, or something else each time. */
    private static boolean isScalar(@Nullable Object raw) {
        return raw instanceof CharSequence
                || raw instanceof Number
                || raw instanceof Boolean
                || raw instanceof Character
                || raw instanceof Enum<?>
                || raw instanceof UUID;
    }

    private static Function<Object, @Nullable Object> moments() {
        return Clean::moment;
    }

    private static Function<Object, @Nullable Object> booleans() {
        return raw ->
                raw instanceof Boolean ? raw : Consent.parse(raw.toString()).choice();
    }
}
