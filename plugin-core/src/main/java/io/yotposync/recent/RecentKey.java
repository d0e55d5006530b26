package io.yotposync.recent;

import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;

/**
 * A customer's key as it is remembered. Hosts mostly count their customers, and a number takes a third of what its digits
 * take as text.
 */
sealed interface RecentKey {

    /** More digits might not fit into a number. */
    int MAX_DIGITS = 18;

    static RecentKey of(CustomerKey key) {
        String id = key.customerId();
        return isNumber(id) ? new Numbered(key.store(), Long.parseLong(id)) : new Named(key);
    }

    /** Whether the number says all: "7", but not "07" or "+7", which are other customers. */
    private static boolean isNumber(String id) {
        if (id.isEmpty() || id.length() > MAX_DIGITS || (id.charAt(0) == '0' && id.length() > 1)) {
            return false;
        }
        for (int i = 0; i < id.length(); i++) {
            if (id.charAt(i) < '0' || id.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    /** One whose id is a number. */
    record Numbered(StoreKey store, long id) implements RecentKey {}

    /** Any other. */
    record Named(CustomerKey key) implements RecentKey {}
}
