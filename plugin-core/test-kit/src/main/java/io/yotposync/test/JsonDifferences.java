package io.yotposync.test;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Where two pieces of JSON differ, one line each. */
final class JsonDifferences {

    private final List<String> found = new ArrayList<>();

    private JsonDifferences() {}

    static List<String> between(JsonNode expected, JsonNode actual) {
        JsonDifferences differences = new JsonDifferences();
        differences.compare("", expected, actual);
        return differences.found;
    }

    private void compare(String path, JsonNode expected, JsonNode actual) {
        if (expected.isObject() && actual.isObject()) {
            Set<String> names = new TreeSet<>();
            expected.fieldNames().forEachRemaining(names::add);
            actual.fieldNames().forEachRemaining(names::add);
            names.forEach(
                    name -> compare(path.isEmpty() ? name : path + "." + name, expected.path(name), actual.path(name)));
        } else if (!expected.equals(actual)) {
            found.add(path + line(expected, actual));
        }
    }

    private static String line(JsonNode expected, JsonNode actual) {
        if (actual.isMissingNode()) {
            return " is missing, expected " + expected;
        }
        return expected.isMissingNode() ? " is new: " + actual : " is " + actual + ", expected " + expected;
    }
}
