package io.yotposync.recent;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.yotposync.outbox.Desired;
import io.yotposync.payload.Fingerprint;
import io.yotposync.store.CustomerKey;
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

    private record Latest(Fingerprint fingerprint, long sourceVersion) {}

    private final Cache<CustomerKey, Latest> latest;
    private final boolean shared;

    /**
     * @param shared whether other nodes write to the same ledger. What is remembered here may then be overtaken there,
     *     so only a repetition of the very same version is suppressed and the ledger judges the rest
     */
    public RecentUpserts(RecentSettings settings, boolean shared, Ticker ticker) {
        this.shared = shared;
        latest = Caffeine.newBuilder()
                .maximumSize(settings.maxSize())
                .expireAfterWrite(settings.ttl())
                .ticker(ticker)
                .executor(Runnable::run)
                .build();
    }

    /**
     * Hands a state over unless it is what was handed over last.
     *
     * @param handOver returns whether there was room
     */
    public Verdict offer(Desired desired, Predicate<Desired> handOver) {
        Verdict[] verdict = {Verdict.SUPPRESSED};
        latest.asMap().compute(desired.key(), (same, known) -> {
            if (known != null && desired.outranksUpTo() < known.sourceVersion) {
                verdict[0] = Verdict.OUTDATED;
                return known;
            }
            if (known != null && isRepetition(known, desired)) {
                return known;
            }
            if (handOver.test(desired)) {
                verdict[0] = Verdict.NEW;
                return new Latest(desired.fingerprint(), desired.sourceVersion());
            }
            verdict[0] = Verdict.REFUSED;
            return null;
        });
        return verdict[0];
    }

    private boolean isRepetition(Latest known, Desired desired) {
        return known.fingerprint.equals(desired.fingerprint())
                && (!shared || known.sourceVersion == desired.sourceVersion());
    }

    /** Forgets a customer whose state was refused or lost, so that the next save is taken whatever its content. */
    public void forget(CustomerKey key) {
        latest.invalidate(key);
    }

    /** How many customers are remembered, about. */
    public long size() {
        return latest.estimatedSize();
    }
}
