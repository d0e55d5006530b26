package io.yotposync.test.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The documented rules of "create or update customer". */
final class CustomerContract {

    private static final Map<String, Field> CUSTOMER = Map.ofEntries(
            Map.entry("external_id", Field.identifier(255)),
            Map.entry("email", Field.email()),
            Map.entry("phone_number", Field.e164()),
            Map.entry("first_name", Field.text(255)),
            Map.entry("last_name", Field.text(255)),
            Map.entry("gender", Field.oneOf("F", "M", "Other")),
            Map.entry("account_created_at", Field.utcTimestamp()),
            Map.entry("account_updated_at", Field.utcTimestamp()),
            Map.entry("account_status", Field.oneOf("enabled", "disabled")),
            Map.entry("default_language", Field.language()),
            Map.entry("default_currency", Field.currency()),
            Map.entry("tags", Field.text(Integer.MAX_VALUE)),
            Map.entry("address", CustomerContract::address),
            Map.entry("accepts_email_marketing", Field.flag()),
            Map.entry("accepts_sms_marketing", Field.flag()),
            Map.entry("custom_properties", CustomerContract::customProperties));

    private static final Map<String, Field> ADDRESS = Map.of(
            "address1", Field.text(255),
            "address2", Field.text(255),
            "city", Field.text(255),
            "company", Field.text(255),
            "state", Field.text(64),
            "zip", Field.text(64),
            "province_code", Field.provinceCode(),
            "country_code", Field.country(),
            "phone_number", Field.e164());

    private CustomerContract() {}

    static Iterable<String> properties() {
        return CUSTOMER.keySet().stream().sorted().toList();
    }

    /** What is wrong with a request's body; nothing if it is to be accepted. */
    static List<String> problems(@Nullable JsonNode body) {
        if (body == null) {
            return List.of("the body must be a JSON object");
        }
        JsonNode customer = body.get("customer");
        if (customer == null || !customer.isObject() || body.size() != 1) {
            return List.of("the body must be {\"customer\": {...}} and nothing else");
        }
        List<String> problems = new ArrayList<>(properties(customer, CUSTOMER, ""));
        String identifiers = identifiers(customer);
        if (identifiers != null) {
            problems.add(identifiers);
        }
        return problems;
    }

    private static @Nullable String identifiers(JsonNode customer) {
        if (customer.hasNonNull("external_id")) {
            return null;
        }
        boolean email = customer.hasNonNull("email");
        boolean phone = customer.hasNonNull("phone_number");
        if (email && phone) {
            return "without external_id only one of email and phone_number may be sent";
        }
        return email || phone ? null : "one of external_id, email and phone_number is required";
    }

    private static List<String> properties(JsonNode object, Map<String, Field> allowed, String prefix) {
        List<String> problems = new ArrayList<>();
        for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            JsonNode value = object.path(name);
            Field field = allowed.get(name);
            String problem = field == null ? "is not a known property" : value.isNull() ? null : field.problem(value);
            if (problem != null) {
                problems.add(prefix + name + " " + problem);
            }
        }
        return problems;
    }

    private static @Nullable String address(JsonNode value) {
        if (!value.isObject()) {
            return "must be an object";
        }
        List<String> problems = properties(value, ADDRESS, "address.");
        return problems.isEmpty() ? null : "is invalid: " + String.join(", ", problems);
    }

    private static @Nullable String customProperties(JsonNode value) {
        if (!value.isObject()) {
            return "must be a flat object";
        }
        for (Iterator<String> names = value.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            JsonNode property = Objects.requireNonNull(value.get(name));
            if (!name.matches("[A-Za-z0-9_]+")) {
                return "has a key with characters other than letters, digits and underscores";
            }
            if (!property.isTextual() && !property.isBoolean() && !property.isNumber()) {
                return "must have strings, numbers and booleans only";
            }
        }
        return null;
    }
}
