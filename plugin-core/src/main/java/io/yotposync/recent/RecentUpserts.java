package io.yotposync.recent;

import com.github.benmanes.caffeine.cache.Ticker;
import io.yotposync.outbox.Desired;
import io.yotposync.store.CustomerKey;
import java.security.SecureRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * Remembers the latest desired state of recently saved customers and suppresses a save that would repeat it.
 *
 * <p>Thread-safe. For one customer, remembering and handing over happen as one step, so what is remembered is what was
 * handed over last. Never blocks on I/O as long as the hand-over does not.
 */
public final class RecentUpserts {

    /** What became of a save. */
    public enum Verdict {
        /** Handed over and remembered. */
        NEW,
        /** Equal to the latest desired state. */
        SUPPRESSED,
        /** Older than the latest desired state. */
        OUTDATED,
        /** The hand-over had no room; not remembered. */
        REFUSED
    }

    private static final int PARTS = 64;
    private static final int WORTH_PARTS = 10_000;
    private static final long MOST = 1_000_000_000;

    /** A share of the customers, so that saves of others seldom wait. */
    private static final class Part extends ReentrantLock {

        private static final long serialVersionUID = 1L;

        private final transient Remembered customers;

        private Part(int most, long seed) {
            customers = new Remembered(most, seed);
        }
    }

    private final Part[] parts;
    private final long seed = new SecureRandom().nextLong();
    private final long ttl;
    private final boolean shared;
    private final Ticker ticker;

    /**
     * @param shared whether other nodes write to the same ledger. What is remembered here may then be overtaken there,
     *     so only a repetition of the very same version is suppressed and the ledger judges the rest
     */
    public RecentUpserts(RecentSettings settings, boolean shared, Ticker ticker) {
        this.shared = shared;
        this.ticker = ticker;
        ttl = settings.ttl().toNanos();
        long most = Math.min(settings.maxSize(), MOST);
        parts = new Part[most < WORTH_PARTS ? 1 : PARTS];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = new Part((int) ((most + parts.length - 1) / parts.length), seed);
        }
    }

    /**
     * Hands a state over unless it is what was handed over last.
     *
     * @param handOver returns whether there was room; what it throws comes through, and nothing is remembered
     */
    public Verdict offer(Desired desired, Predicate<Desired> handOver) {
        return offer(desired, handOver, false);
    }

    /** Hands a state over even if it repeats what was handed over last, for a caller who wants to hear how that ends. */
    public Verdict offerAgain(Desired desired, Predicate<Desired> handOver) {
        return offer(desired, handOver, true);
    }

    private Verdict offer(Desired desired, Predicate<Desired> handOver, boolean always) {
        Part part = part(desired.key());
        part.lock();
        try {
            Verdict verdict = judge(part.customers, desired);
            if ((verdict == Verdict.NEW || always) && !isTaken(part.customers, desired, handOver)) {
                forget(part.customers, desired.key());
                return Verdict.REFUSED;
            }
            remember(part.customers, desired, verdict);
            return verdict;
        } finally {
            part.unlock();
        }
    }

    /** Looked up anew by each, for a hand-over may have had it forgotten. */
    private int find(Remembered customers, CustomerKey key) {
        int slot = customers.find(key);
        return slot >= 0 && ticker.read() - customers.since(slot) < ttl ? slot : -1;
    }

    private Verdict judge(Remembered customers, Desired desired) {
        int known = find(customers, desired.key());
        if (known < 0) {
            return Verdict.NEW;
        }
        if (desired.outranksUpTo() < customers.version(known)) {
            return Verdict.OUTDATED;
        }
        boolean repeated = customers.has(known, desired.fingerprint())
                && (!shared || customers.version(known) == desired.sourceVersion());
        return repeated ? Verdict.SUPPRESSED : Verdict.NEW;
    }

    private static boolean isTaken(Remembered customers, Desired desired, Predicate<Desired> handOver) {
        boolean done = false;
        try {
            boolean taken = handOver.test(desired);
            done = true;
            return taken;
        } finally {
            if (!done) {
                forget(customers, desired.key());
            }
        }
    }

    private void remember(Remembered customers, Desired desired, Verdict verdict) {
        int known = find(customers, desired.key());
        if (verdict == Verdict.NEW) {
            // Never lower, or a late state of a moment in between would replace this one.
            long version =
                    known < 0 ? desired.sourceVersion() : Math.max(desired.sourceVersion(), customers.version(known));
            customers.put(desired, version, ticker.read());
        } else if (verdict == Verdict.SUPPRESSED && known >= 0) {
            customers.raise(known, desired.sourceVersion());
        }
    }

    /** Forgets a customer whose state was refused or lost, so that the next save is taken whatever its content. */
    public void forget(CustomerKey key) {
        Part part = part(key);
        part.lock();
        try {
            forget(part.customers, key);
        } finally {
            part.unlock();
        }
    }

    private static void forget(Remembered customers, CustomerKey key) {
        int slot = customers.find(key);
        if (slot >= 0) {
            customers.remove(slot);
        }
    }

    private Part part(CustomerKey key) {
        return parts.length == 1 ? parts[0] : parts[(int) Remembered.spread(key, seed) & (parts.length - 1)];
    }

    /** How many customers are remembered, about. */
    public long size() {
        long size = 0;
        for (Part part : parts) {
            part.lock();
            try {
                size += part.customers.size();
            } finally {
                part.unlock();
            }
        }
        return size;
    }
}
