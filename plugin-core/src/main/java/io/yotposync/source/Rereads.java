package io.yotposync.source;

import io.yotposync.customer.CustomerSnapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Customers of whom an event could only be read in part or not at all, to be read again in full on the plugin's own thread. Bounded;
 * thread-safe, and never blocks longer than it takes to change a map.
 */
public final class Rereads {

    /**
     * One of them.
     *
     * @param sites as the event knew them, which no later reading can tell; empty if it did not either
     */
    public record Reread(String customerId, Set<String> sites) {}

    private static final int CAPACITY = 1000;

    private final Map<String, Reread> waiting = new LinkedHashMap<>();
    private boolean overflown;
    private Runnable wake = () -> {};

    /** Says what to do when there is one; runs on saving threads, so it only signals. */
    public void onFirst(Runnable signal) {
        synchronized (waiting) {
            wake = signal;
        }
    }

    public void remember(CustomerSnapshot partial) {
        Runnable signal = null;
        synchronized (waiting) {
            if (waiting.isEmpty()) {
                signal = wake;
            }
            if (waiting.size() < CAPACITY || waiting.containsKey(partial.id())) {
                waiting.merge(
                        partial.id(),
                        new Reread(partial.id(), partial.sites()),
                        (before, now) -> now.sites().isEmpty() ? before : now);
            } else {
                overflown = true;
            }
        }
        if (signal != null) {
            signal.run();
        }
    }

    /** Takes all that wait. */
    public List<Reread> drain() {
        synchronized (waiting) {
            List<Reread> all = new ArrayList<>(waiting.values());
            waiting.clear();
            return all;
        }
    }

    /** Says that one was lost after all. */
    public void lost() {
        synchronized (waiting) {
            overflown = true;
        }
    }

    /** Whether one found no room or was lost since this was asked last, so that only a scan can find it. */
    public boolean takeOverflow() {
        synchronized (waiting) {
            boolean was = overflown;
            overflown = false;
            return was;
        }
    }
}
