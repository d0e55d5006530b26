package io.yotposync.sample;

import java.util.HashMap;
import java.util.Map;

/** What shoppers of these tests type. */
final class Forms {

    private Forms() {}

    static Map<String, Object> minimal(String email) {
        return Map.of("email", email, "firstName", "A", "lastName", "B", "receiveEmail", true);
    }

    static Map<String, Object> full(String email) {
        return with(
                minimal(email),
                Map.of(
                        "phone",
                        "+49 30 901820",
                        "locale",
                        "de_DE",
                        "address",
                        Map.of("line1", "Street 1", "city", "Berlin", "postalCode", "10117", "country", "DE"),
                        "attributes",
                        Map.of("loyaltyTier", "gold")));
    }

    static Map<String, Object> with(Map<String, Object> form, Map<String, Object> changes) {
        Map<String, Object> changed = new HashMap<>(form);
        changed.putAll(changes);
        return changed;
    }
}
