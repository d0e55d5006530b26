package io.yotposync.autoconfigure.operator;

import java.util.LinkedHashMap;
import java.util.Map;

/** An answer with personal data. Spring writes what it answers with into its trace log, by its {@code toString}. */
final class Revealed extends LinkedHashMap<Object, Object> {

    private static final long serialVersionUID = 1L;

    Revealed(Map<?, ?> answer) {
        super(answer);
    }

    @Override
    public String toString() {
        return "Revealed[]";
    }
}
