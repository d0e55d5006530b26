package io.yotposync.test.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A parsed "retrieve customers".
 *
 * @param after only customers behind this number
 * @param filter by query parameter
 */
record RetrieveQuery(long after, int limit, Map<String, String> filter) {

    private static final int MAX_LIMIT = 100;
    private static final Set<String> FILTERS = Set.of("external_ids", "email", "phone_number");
    private static final Set<String> OTHERS = Set.of("limit", "page_info", "expand");

    static RetrieveQuery parse(Map<String, String> query) {
        Map<String, String> filter = new TreeMap<>();
        query.forEach((name, value) -> {
            if (FILTERS.contains(name)) {
                filter.put(name, value);
            } else if (!OTHERS.contains(name)) {
                throw new IllegalArgumentException(name + " is not a known parameter");
            }
        });
        int limit = limit(query.getOrDefault("limit", String.valueOf(MAX_LIMIT)));
        String page = query.get("page_info");
        if (page == null) {
            return new RetrieveQuery(0, limit, filter);
        }
        if (!filter.isEmpty() || query.containsKey("expand")) {
            throw new IllegalArgumentException("beside page_info only limit may stand");
        }
        return page(page, limit);
    }

    private static int limit(String text) {
        if (!text.matches("[0-9]{1,3}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > MAX_LIMIT) {
            throw new IllegalArgumentException("limit must be 1 to " + MAX_LIMIT);
        }
        return Integer.parseInt(text);
    }

    private static RetrieveQuery page(String page, int limit) {
        JsonNode cursor = Json.object(new String(Base64.getUrlDecoder().decode(page), StandardCharsets.UTF_8));
        if (cursor == null || !cursor.path("after").isIntegralNumber()) {
            throw new IllegalArgumentException("page_info is not one that was given out");
        }
        Map<String, String> filter = new HashMap<>();
        FILTERS.stream()
                .filter(cursor::has)
                .forEach(name -> filter.put(name, cursor.path(name).asText()));
        return new RetrieveQuery(cursor.path("after").asLong(), limit, filter);
    }

    String next(long lastShown) {
        Map<String, Object> cursor = new TreeMap<>(filter);
        cursor.put("after", lastShown);
        byte[] json = Json.MAPPER.valueToTree(cursor).toString().getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json);
    }

    boolean matches(JsonNode customer) {
        return filter.entrySet().stream().allMatch(wanted -> switch (wanted.getKey()) {
            case "external_ids" ->
                List.of(wanted.getValue().split(",", -1))
                        .contains(customer.path("external_id").asText());
            case "email" ->
                wanted.getValue().equalsIgnoreCase(customer.path("email").asText());
            default -> wanted.getValue().equals(customer.path("phone_number").asText());
        });
    }
}
