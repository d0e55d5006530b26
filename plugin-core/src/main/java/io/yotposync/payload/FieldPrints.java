package io.yotposync.payload;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.yotposync.store.Credentials;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreSettings;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Remembers of a payload which fields it had and, by a short keyed hash each, whether a value is still the same: enough
 * to name what changed, with no value kept. The key comes of the store's secret and is not in the database; the
 * customer's id is part of every hash, so that equal values of two customers look different. After a change of the secret
 * earlier values cannot be compared, but which fields there were, and whether the customer was known by the host's own id,
 * can still be told. Thread-safe.
 */
public final class FieldPrints {

    /** The shopper's own choices. */
    public static final Set<String> CONSENT =
            names(CustomerProperty.ACCEPTS_EMAIL_MARKETING, CustomerProperty.ACCEPTS_SMS_MARKETING);

    /** What makes a customer somebody. */
    public static final Set<String> PERSON =
            names(CustomerProperty.EMAIL, CustomerProperty.FIRST_NAME, CustomerProperty.LAST_NAME);

    /** The part of it that nobody is reached by. */
    public static final Set<String> NAMES = names(CustomerProperty.FIRST_NAME, CustomerProperty.LAST_NAME);

    private static final String ID = CustomerProperty.EXTERNAL_ID.wireName();

    /** Each has the code of its place: append only, or what is stored would mean something else. */
    private static final List<String> FIELDS = List.of(
            ID,
            "email",
            "phone_number",
            "first_name",
            "last_name",
            "gender",
            "account_created_at",
            "account_status",
            "default_language",
            "default_currency",
            "tags",
            "accepts_email_marketing",
            "accepts_sms_marketing",
            "address.address1",
            "address.address2",
            "address.city",
            "address.company",
            "address.state",
            "address.zip",
            "address.province_code",
            "address.country_code",
            "address.phone_number",
            "custom_properties");

    private static final List<JsonPointer> PLACES = FIELDS.stream()
            .map(name -> JsonPointer.compile("/" + name.replace('.', '/')))
            .toList();

    /** Of the person, told once and left out since: Yotpo has it still. The code of the field, as a small letter. */
    private static final List<Character> FORMER = PERSON.stream()
            .map(name -> Character.toLowerCase((char) ('A' + FIELDS.indexOf(name))))
            .toList();

    /** Stands among the fields where {@code external_id} was the host's own id. */
    private static final char OWN_ID = '~';

    private final Map<StoreKey, Credentials> credentials = new HashMap<>();

    /** Made for the first print: to get the JVM's cryptography ready is not for a host's start to pay. */
    private final Map<StoreKey, PrintKey> keys = new ConcurrentHashMap<>();

    private static Set<String> names(CustomerProperty... properties) {
        return Stream.of(properties).map(CustomerProperty::wireName).collect(Collectors.toUnmodifiableSet());
    }

    public FieldPrints(Collection<StoreSettings> stores) {
        stores.forEach(store -> credentials.put(store.key(), store.credentials()));
    }

    private @Nullable PrintKey keyOf(StoreKey store) {
        Credentials known = credentials.get(store);
        return known == null ? null : keys.computeIfAbsent(store, same -> PrintKey.of(known));
    }

    /** The prints of a body as sent; {@code null} if it is none or the store is not known. */
    public @Nullable String of(CustomerKey customer, String body) {
        return print(customer, Bodies.customer(body));
    }

    /**
     * The same, which also tells what of the person was there before and the body leaves out.
     *
     * @param before what was kept until now
     */
    public @Nullable String of(CustomerKey customer, String body, @Nullable String before) {
        String now = of(customer, body);
        if (now == null || before == null) {
            return now;
        }
        StringBuilder text = new StringBuilder(now);
        Set<String> told = fields(now);
        positions(before).forEach(at -> {
            char former = Character.toLowerCase(before.charAt(at));
            if (FORMER.contains(former) && !told.contains(FIELDS.get(former - 'a'))) {
                text.append(former).append(before, at + 1, at + 1 + PrintKey.PRINT_LENGTH);
            }
        });
        return text.toString();
    }

    private @Nullable String print(CustomerKey customer, JsonNode fields) {
        PrintKey key = keyOf(customer.store());
        if (key == null || !fields.isObject()) {
            return null;
        }
        StringBuilder text = new StringBuilder(key.id());
        BinaryOperator<String> prints = key.printsOf(customer);
        for (int i = 0; i < FIELDS.size(); i++) {
            JsonNode value = fields.at(PLACES.get(i));
            if (!value.isMissingNode() && !value.isNull()) {
                String field = FIELDS.get(i);
                text.append((char) ('A' + i)).append(prints.apply(field, canonical(field, value)));
            }
        }
        if (fields.path(ID).asText().equals(customer.customerId())) {
            text.append(OWN_ID).append(prints.apply(ID, customer.customerId()));
        }
        return text.toString();
    }

    /** Compares a body to be sent with prints kept of an earlier one; {@code null} if they cannot be compared. */
    public @Nullable FieldChanges changes(CustomerKey customer, @Nullable String before, String body) {
        Map<String, String> old = parse(customer, before);
        Map<String, String> now = parse(customer, of(customer, body));
        return old == null || now == null ? null : changes(old, now);
    }

    /**
     * Compares what Yotpo shows of a customer with prints of what it acknowledged. A field that it has beyond them is no
     * difference: it may come from elsewhere.
     */
    public @Nullable FieldChanges drift(CustomerKey customer, @Nullable String acknowledged, JsonNode shown) {
        Map<String, String> old = parse(customer, acknowledged);
        Map<String, String> now = parse(customer, print(customer, shown));
        if (old == null || now == null) {
            return null;
        }
        now.keySet().retainAll(old.keySet());
        return changes(old, now);
    }

    private static FieldChanges changes(Map<String, String> old, Map<String, String> now) {
        Set<String> added = new TreeSet<>(now.keySet());
        added.removeAll(old.keySet());
        Set<String> blanked = new TreeSet<>(old.keySet());
        blanked.removeAll(now.keySet());
        Set<String> changed = new TreeSet<>(now.keySet());
        changed.removeIf(name -> added.contains(name) || Objects.equals(old.get(name), now.get(name)));
        return new FieldChanges(added, changed, blanked);
    }

    /** The names of the fields that prints were kept of, whatever the secret was. */
    public static Set<String> fields(@Nullable String prints) {
        return prints == null ? Set.of() : byField(prints).keySet();
    }

    /**
     * Whether Yotpo was ever told who the customer is, whatever the secret was.
     *
     * @param any of {@link #PERSON}
     */
    public static boolean had(@Nullable String prints, Set<String> any) {
        return prints != null
                && positions(prints)
                        .map(at -> Character.toLowerCase(prints.charAt(at)))
                        .anyMatch(code -> FORMER.contains((char) code) && any.contains(FIELDS.get(code - 'a')));
    }

    /** Whether Yotpo knows the customer by the host's own id, whatever the secret was. */
    public boolean hadOwnId(CustomerKey customer, @Nullable String prints) {
        if (prints == null) {
            return false;
        }
        boolean marked = positions(prints).anyMatch(at -> prints.charAt(at) == OWN_ID);
        return marked || had(customer, prints, ID, customer.customerId()); // kept before there was a mark
    }

    /** Whether a field had this value; {@code false} also where the secret was another. */
    public boolean had(CustomerKey customer, @Nullable String prints, String field, String value) {
        Map<String, String> parsed = parse(customer, prints);
        PrintKey key = keyOf(customer.store());
        return parsed != null
                && key != null
                && key.printsOf(customer).apply(field, value).equals(parsed.get(field));
    }

    private @Nullable Map<String, String> parse(CustomerKey customer, @Nullable String prints) {
        PrintKey key = keyOf(customer.store());
        if (key == null || prints == null || !prints.startsWith(key.id())) {
            return null;
        }
        return byField(prints);
    }

    private static Map<String, String> byField(String prints) {
        Map<String, String> parsed = new TreeMap<>();
        positions(prints).forEach(at -> {
            int code = prints.charAt(at) - 'A';
            if (code >= 0 && code < FIELDS.size()) {
                parsed.put(FIELDS.get(code), prints.substring(at + 1, at + 1 + PrintKey.PRINT_LENGTH));
            }
        });
        return parsed;
    }

    /** Where each field begins. */
    private static IntStream positions(String prints) {
        return IntStream.iterate(
                PrintKey.ID_LENGTH,
                at -> at + PrintKey.PRINT_LENGTH < prints.length(),
                at -> at + PrintKey.PRINT_LENGTH + 1);
    }

    /** One form, however it is written. */
    private static String canonical(String name, JsonNode value) {
        if (value instanceof ObjectNode object) {
            Map<String, String> sorted = new TreeMap<>();
            object.fieldNames()
                    .forEachRemaining(key -> sorted.put(key, object.path(key).asText()));
            return sorted.toString();
        }
        String text = value.asText();
        return switch (name) {
            case "email" -> text.toLowerCase(Locale.ROOT);
            case "account_created_at" -> moment(text);
            default -> text;
        };
    }

    private static String moment(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant().toString();
        } catch (DateTimeException otherwise) {
            return text;
        }
    }
}
