package io.yotposync.client;

import io.yotposync.payload.AddressProperty;
import io.yotposync.payload.Bodies;
import io.yotposync.payload.CustomerProperty;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the wire names of customers' properties in what Yotpo says. */
final class FieldNames {

    private static final Set<String> TOP = Stream.concat(
                    Arrays.stream(CustomerProperty.values()).map(CustomerProperty::wireName),
                    Stream.of(Bodies.ADDRESS, Bodies.CUSTOM))
            .collect(Collectors.toUnmodifiableSet());

    private static final Set<String> PARTS = Arrays.stream(AddressProperty.values())
            .map(AddressProperty::wireName)
            .collect(Collectors.toUnmodifiableSet());

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}_]+");

    /** As Rails humanises them: {@code First name is too long}. */
    private static final Pattern SPELLED = Pattern.compile(Stream.concat(TOP.stream(), PARTS.stream())
            .filter(name -> name.contains("_"))
            .map(name -> name.replace('_', ' '))
            .collect(Collectors.joining("|", "\\b(?:", ")\\b")));

    private static final Pattern AFTER_ADDRESS = Pattern.compile(Bodies.ADDRESS + "\\W{1,3}$");

    private FieldNames() {}

    static boolean isKnown(String word) {
        return TOP.contains(word) || PARTS.contains(word);
    }

    /** Whether it is a property's name, or a path to one such as {@code customer.address.zip}. */
    static boolean isPath(String text) {
        return Arrays.stream(text.split("\\.", -1)).allMatch(part -> part.equals(Bodies.CUSTOMER) || isKnown(part));
    }

    /** The one property that the message names, {@code null} if it names none or several. */
    static @Nullable String only(String message) {
        String text = SPELLED.matcher(message.toLowerCase(Locale.ROOT))
                .replaceAll(name -> name.group().replace(' ', '_'));
        Set<String> found = new LinkedHashSet<>();
        Matcher words = WORD.matcher(text);
        while (words.find()) {
            String word = words.group();
            boolean part = PARTS.contains(word);
            if (part && (!TOP.contains(word) || isInAddress(text, words.start()))) {
                found.add(Bodies.ADDRESS + "." + word);
            } else if (TOP.contains(word)) {
                found.add(word);
            }
        }
        if (found.size() > 1) {
            found.remove(Bodies.ADDRESS); // only says where the part is
        }
        return found.size() == 1 ? found.iterator().next() : null;
    }

    private static boolean isInAddress(String text, int at) {
        return AFTER_ADDRESS
                .matcher(text.substring(Math.max(0, at - Bodies.ADDRESS.length() - 3), at))
                .find();
    }
}
