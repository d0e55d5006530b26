package io.yotposync.source;

import io.yotposync.customer.CustomerSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the host's customers.
 *
 * <p><b>Threads.</b> Called at the same time on the plugin's one scanning thread, on operators' and on those that send where
 * {@code yotpo.sync.outbox.jdbc.payload=reread}; never on one that saves a customer. May block for I/O, at most seconds a
 * call.
 *
 * <p><b>Transactions.</b> Every call is a short read-only transaction of its own, or several; none is open when it
 * returns. Memory is bounded by the number of customers asked for.
 *
 * <p><b>Order.</b> Ids come in one order that never changes, such as that of the primary key, so that a scan can stop and
 * go on behind any of them. A customer made during a scan may or may not be part of it: its own event tells of it.
 *
 * <p><b>Ids.</b> The very ids of the snapshots: what {@link CustomerSnapshot#isId} refuses is passed over, and a customer is
 * asked for without blanks that a column may have put around the id. One id is one customer in all sites, for it is read
 * without one. Where each site counts its own, an id needs the site in it, here as in what is published.
 *
 * <p><b>Errors.</b> What the host throws comes through; the scan keeps its place and tries again. A customer who cannot be
 * read while others can is counted as failed and passed over.
 */
public interface CustomerSource {

    /**
     * The next ids in key order.
     *
     * @param after only behind this one, {@code null} for the first; it need no longer exist
     * @return at most {@code max}; fewer only at the end
     */
    List<String> idsAfter(@Nullable String after, int max);

    /**
     * The same of the customers that the host says it changed at that time or later. Not every change moves that time;
     * a host that keeps none returns nothing.
     */
    List<String> idsChangedSince(Instant since, @Nullable String after, int max);

    /**
     * A customer as it is now, or empty if there is no such customer. It must be exactly the snapshot that the host publishes
     * when it saves that customer, so use one method for both: where they differ, every customer counts as changed without
     * an event, and a scan takes fields away, or stops and asks.
     *
     * @return {@link CustomerSnapshot#partial()} if something could not be read
     */
    Optional<CustomerSnapshot> find(String id);

    /** Those that there are, in the order asked for. */
    default List<CustomerSnapshot> findAll(List<String> ids) {
        List<CustomerSnapshot> found = new ArrayList<>(ids.size());
        ids.forEach(id -> find(id).ifPresent(found::add));
        return found;
    }

    /**
     * Which of these ids there are. Whoever cannot be read while others can is taken to be there: nobody is disabled for a
     * fault.
     */
    default Set<String> existing(Collection<String> ids) {
        Set<String> existing = new LinkedHashSet<>();
        RuntimeException fault = null;
        boolean read = false;
        for (String id : ids) {
            try {
                find(id).ifPresent(customer -> existing.add(id));
                read = true;
            } catch (RuntimeException | Error unreadable) {
                existing.add(id);
                fault = unreadable instanceof RuntimeException known ? known : new IllegalStateException(unreadable);
            }
        }
        if (fault != null && !read && ids.size() > 1) {
            throw fault;
        }
        return existing;
    }

    /** About how many customers there are, if that is cheap to say. A scan does without where this fails. */
    default OptionalLong count() {
        return OptionalLong.empty();
    }
}
