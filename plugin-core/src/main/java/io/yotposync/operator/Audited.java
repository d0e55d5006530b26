package io.yotposync.operator;

import io.yotposync.observe.LogFields;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import java.time.Clock;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes down what an operator did and what came of it. A log that cannot be written keeps nobody from acting. */
final class Audited {

    private static final Logger LOG = LoggerFactory.getLogger("io.yotposync");

    /** How the outcome begins of what failed. */
    static final String FAILED = "failed: ";

    /** What came of an act; see {@link Done}. */
    record Result(String message, Map<String, Object> details) {

        static Result of(String message) {
            return new Result(message, Map.of());
        }
    }

    private final AuditLog log;
    private final Clock clock;

    Audited(AuditLog log, Clock clock) {
        this.log = log;
        this.clock = clock;
    }

    Done doing(String action, @Nullable StoreKey store, @Nullable String customer, By by, Supplier<Result> act) {
        try {
            Result result = act.get();
            write(action, store, customer, by, result.message());
            return new Done(action, result.message(), result.details());
        } catch (RuntimeException | Error fault) {
            write(action, store, customer, by, FAILED + fault.getClass().getSimpleName());
            throw fault;
        }
    }

    /** Writes down what is about to be done; throws what the log throws. */
    void beforehand(String action, CustomerKey customer, By by, String outcome) {
        log.add(entry(action, customer.store(), customer.customerId(), by, outcome));
    }

    /** The same, and that it came to nothing where it does. */
    <T> T beforehand(String action, CustomerKey customer, By by, String outcome, Supplier<T> act) {
        beforehand(action, customer, by, outcome);
        try {
            return act.get();
        } catch (RuntimeException | Error fault) {
            write(
                    action,
                    customer.store(),
                    customer.customerId(),
                    by,
                    FAILED + fault.getClass().getSimpleName());
            throw fault;
        }
    }

    private AuditEntry entry(
            String action, @Nullable StoreKey store, @Nullable String customer, By by, String outcome) {
        String storeName = store == null ? null : store.value();
        AuditEntry entry = new AuditEntry(clock.instant(), by.who(), action, storeName, customer, by.why(), outcome);
        LogFields.beside(
                store,
                entry.customer(),
                () -> LOG.info(
                        "Yotpo sync: {} by an operator, store {}, customer {}: {}",
                        action,
                        store == null ? "all" : store,
                        entry.customer() == null ? "all" : entry.customer(),
                        entry.outcome()));
        return entry;
    }

    private void write(String action, @Nullable StoreKey store, @Nullable String customer, By by, String outcome) {
        try {
            log.add(entry(action, store, customer, by, outcome));
        } catch (RuntimeException | Error fault) {
            LOG.warn(
                    "Yotpo sync: the audit log could not be written: {}",
                    fault.getClass().getName());
        }
    }
}
