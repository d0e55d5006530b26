package io.yotposync.store;

import java.util.regex.Pattern;

/**
 * The merchant's own name for a configured Yotpo store: the {@code <key>} of {@code yotpo.sync.stores.<key>}. Appears in
 * logs and metrics, so it is short and harmless: letters, digits, {@code .}, {@code _} and {@code -}, at most 64.
 */
public record StoreKey(String value) implements Comparable<StoreKey> {

    // Before the constant, whose constructor needs it.
    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /** The store of customers whose site is not known. */
    public static final StoreKey DEFAULT = new StoreKey("default");

    public StoreKey {
        if (!ALLOWED.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "a store's key has 1 to 64 letters, digits, dots, dashes or underscores: " + value);
        }
    }

    @Override
    public int compareTo(StoreKey other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
