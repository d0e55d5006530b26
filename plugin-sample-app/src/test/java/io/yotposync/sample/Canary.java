package io.yotposync.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A customer whose values cannot be mistaken for anything else, and whether they show in a text. */
final class Canary {

    /** As the shopper types them; looked for without regard to case and spaces. Bare digits stand in any long log. */
    static final List<String> VALUES = List.of(
            "kanarienvogel@example.com",
            "Zyxwvuta",
            "Qponmlkb",
            "+49 30 90182097",
            "Piepmatzweg 4711",
            "Zwitscherstadt",
            "ZW 98979 VG",
            "goldfederstufe");

    private Canary() {}

    static Map<String, Object> form(Map<String, Object> changes) {
        return Forms.with(
                Map.of(
                        "email", VALUES.get(0),
                        "firstName", VALUES.get(1),
                        "lastName", VALUES.get(2),
                        "phone", VALUES.get(3),
                        "receiveEmail", true,
                        "address",
                                Map.of(
                                        "line1", VALUES.get(4),
                                        "city", VALUES.get(5),
                                        "postalCode", VALUES.get(6),
                                        "country", "DE"),
                        "attributes", Map.of("loyaltyTier", VALUES.get(7))),
                changes);
    }

    /** Which values stand in a text, with some of what is around them. */
    static List<String> findings(String text) {
        String plain = plain(text);
        List<String> found = new ArrayList<>();
        for (String value : VALUES) {
            int at = plain.indexOf(plain(value));
            if (at >= 0) {
                found.add(value + " in: " + plain.substring(Math.max(0, at - 300), Math.min(plain.length(), at + 100)));
            }
        }
        return found;
    }

    private static String plain(String text) {
        return text.toLowerCase(Locale.ROOT).replace(" ", "");
    }
}
