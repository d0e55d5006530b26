package io.yotposync.autoconfigure.capture;

import io.yotposync.customer.CustomerSnapshot;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns once of paths that settings name and no published customer has a value for: nothing is read of a shop's own class,
 * so the setting does nothing there. Looks at the first customers only; after them it costs a glance. Thread-safe.
 */
final class UnsaidPaths {

    /** Enough to tell a value that was forgotten from one that few customers have. */
    static final int ENOUGH = 200;

    private static final Logger LOG = LoggerFactory.getLogger("io.yotposync");

    private final Set<String> unsaid = ConcurrentHashMap.newKeySet();
    private final AtomicInteger looked = new AtomicInteger();
    private volatile boolean over;

    /** @param paths bean property paths that some store's settings name */
    UnsaidPaths(Collection<String> paths) {
        unsaid.addAll(paths);
        over = paths.isEmpty();
    }

    /** A guest has no external id, and what could not be read may well be there: neither counts. */
    void look(CustomerSnapshot customer) {
        if (over || !customer.registered() || customer.partial()) {
            return;
        }
        customer.properties().keySet().forEach(unsaid::remove);
        if (unsaid.isEmpty()) {
            over = true;
        } else if (looked.incrementAndGet() == ENOUGH) {
            over = true;
            LOG.warn(
                    "Yotpo sync: none of the first {} customers that were published has a value for {}, which"
                            + " identifier.external-id or consent of a store names; a CustomerSnapshot has it by"
                            + " property(path, value)",
                    ENOUGH,
                    new TreeSet<>(unsaid));
        }
    }
}
