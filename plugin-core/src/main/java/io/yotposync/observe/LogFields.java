package io.yotposync.observe;

import io.yotposync.store.StoreKey;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Has store and customer stand beside the lines that a thread logs meanwhile. Ids alone; whatever else the host keeps
 * there is left as it is.
 */
public final class LogFields {

    public static final String STORE = "yotpo.store";
    public static final String CUSTOMER = "yotpo.customer";

    private LogFields() {}

    /** Does the work on this thread; throws what it throws. */
    public static void beside(@Nullable StoreKey store, @Nullable String customerId, Runnable work) {
        String storeBefore = get(STORE);
        String customerBefore = get(CUSTOMER);
        set(STORE, store == null ? null : store.value());
        set(CUSTOMER, customerId);
        try {
            work.run();
        } finally {
            set(STORE, storeBefore);
            set(CUSTOMER, customerBefore);
        }
    }

    private static @Nullable String get(String field) {
        try {
            return MDC.get(field);
        } catch (RuntimeException | LinkageError brokenLogging) {
            return null; // the host's save goes on
        }
    }

    private static void set(String field, @Nullable String value) {
        try {
            if (value == null) {
                MDC.remove(field);
            } else {
                MDC.put(field, value);
            }
        } catch (RuntimeException | LinkageError brokenLogging) {
            return; // the host's save goes on
        }
    }
}
