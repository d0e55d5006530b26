package io.yotposync.source;

import io.yotposync.customer.CustomerSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Customers of whom an event could only be read in part or not at all, or of whom nobody knows whether their save came to
 * be, to be read again in full on the plugin's own thread. Bounded; thread-safe, and never blocks longer than it takes to
 * change a map.
 */
public final class Rereads {

    /**
     * One of them.
     *
     * @param sites as the event knew them, which no later reading can tell; empty if it did not either
     */
    public record Reread(String customerId, Set<String> sites) {}

    private static final int CAPACITY = 1000;

    /** How much later whoever is not sure is read again: a commit whose answer was lost may still be under way. */
    private static final List<Duration> ONCE_MORE = List.of(Duration.ofSeconds(5), Duration.ofSeconds(60));

    private record Later(Reread who, Instant due) {}

    private final Map<String, Set<Set<String>>> sitesOf = new LinkedHashMap<>();
    private final Set<Reread> unsure = new LinkedHashSet<>();
    private final List<Later> later = new ArrayList<>();
    private boolean overflown;
    private @Nullable Runnable wake;

    /**
     * Says what to do when there is one, and that they are read; runs on saving threads, so it only signals.
     *
     * @param signal {@code null} once nobody reads them any more
     */
    public void onFirst(@Nullable Runnable signal) {
        synchronized (sitesOf) {
            wake = signal;
        }
    }

    /** Only who it is and where is kept. */
    public void remember(CustomerSnapshot customer) {
        Runnable signal = null;
        synchronized (sitesOf) {
            if (sitesOf.isEmpty()) {
                signal = wake;
            }
            if (sitesOf.size() < CAPACITY || sitesOf.containsKey(customer.id())) {
                sitesOf.computeIfAbsent(customer.id(), first -> new LinkedHashSet<>())
                        .add(customer.sites());
            } else {
                overflown = true;
            }
        }
        if (signal != null) {
            signal.run();
        }
    }

    /** The same where somebody reads them: nobody does without a source of customers, or at the end. */
    public void rememberOr(CustomerSnapshot customer, Consumer<? super CustomerSnapshot> otherwise) {
        boolean read;
        synchronized (sitesOf) {
            read = wake != null;
            if (read) {
                remember(customer);
            }
        }
        if (!read) {
            otherwise.accept(customer);
        }
    }

    /** The same for one whose save may come to be after it was read: it is read three times within a minute. */
    public void rememberUnsure(CustomerSnapshot customer, Consumer<? super CustomerSnapshot> otherwise) {
        synchronized (sitesOf) {
            if (wake != null && unsure.size() + later.size() < CAPACITY) {
                unsure.add(new Reread(customer.id(), customer.sites()));
            } else {
                overflown |= wake != null;
            }
        }
        rememberOr(customer, otherwise);
    }

    /** Takes all that wait and are due: each for every site that is known of it. */
    public List<Reread> drain(Instant now) {
        synchronized (sitesOf) {
            List<Reread> all = new ArrayList<>(sitesOf.size());
            takeDue(all, now);
            sitesOf.forEach((id, known) -> {
                if (known.size() > 1) {
                    known.remove(Set.of());
                }
                known.forEach(sites -> all.add(new Reread(id, sites)));
            });
            sitesOf.clear();
            return all;
        }
    }

    private void takeDue(List<Reread> all, Instant now) {
        Instant latest = now.plus(ONCE_MORE.get(ONCE_MORE.size() - 1));
        for (Iterator<Later> each = later.iterator(); each.hasNext(); ) {
            Later one = each.next();
            if (!one.due().isAfter(now) || one.due().isAfter(latest)) { // or the clock was put back
                each.remove();
                all.add(one.who());
            }
        }
        unsure.forEach(who -> ONCE_MORE.forEach(wait -> later.add(new Later(who, now.plus(wait)))));
        unsure.clear();
    }

    /** At the end: whether there is anybody left, whom nobody will read any more. */
    public boolean dropRest() {
        synchronized (sitesOf) {
            boolean rest = overflown || !sitesOf.isEmpty() || !unsure.isEmpty() || !later.isEmpty();
            sitesOf.clear();
            unsure.clear();
            later.clear();
            overflown = false;
            return rest;
        }
    }

    /** Says that one was lost after all. */
    public void lost() {
        synchronized (sitesOf) {
            overflown = true;
        }
    }

    /** Whether one found no room or was lost since this was asked last, so that only a scan can find it. */
    public boolean takeOverflow() {
        synchronized (sitesOf) {
            boolean was = overflown;
            overflown = false;
            return was;
        }
    }
}
