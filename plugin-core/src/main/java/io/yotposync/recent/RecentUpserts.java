package io.yotposync.recent;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.yotposync.outbox.Desired;
import io.yotposync.payload.Contact;
import io.yotposync.store.CustomerKey;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the latest desired state of recently saved customers and suppresses a save that would repeat it.
 *
 * <p>Thread-safe. For one customer, remembering and handing over happen as one step, so what is remembered is what was
 * handed over last. Never blocks on I/O as long as the hand-over does not.
 */
public final class RecentUpserts {

    /** What became of a save. */
    public enum Reception {
        /** Handed over and remembered. */
        NEW,
        /** Equal to the latest desired state. */
        SUPPRESSED,
        /** Older than the latest desired state. */
        OUTDATED,
        /** The hand-over had no room; not remembered. */
        REFUSED
    }

    /**
     * Without objects of its own, for there may be a million.
     *
     * @param content the fingerprint's beginning: only one customer's successive states are compared
     * @param since when this content was handed over, in the {@link #moment()}'s units
     */
    private record Latest(long content, long sourceVersion, int since) {

        /** The same content with the newer version, or a late state of a moment in between would replace it. */
        Latest raisedTo(long version) {
            return version > sourceVersion ? new Latest(content, version, since) : this;
        }
    }

    private final Cache<RecentKey, Latest> latest;
    private final int ttl;
    private final boolean shared;
    private final Ticker ticker;

    /**
     * @param shared whether other nodes write to the same ledger. What is remembered here may then be overtaken there,
     *     so only a repetition of the very same version is suppressed and the ledger judges the rest
     */
    public RecentUpserts(RecentSettings settings, boolean shared, Ticker ticker) {
        this.shared = shared;
        this.ticker = ticker;
        ttl = units(settings.ttl().toNanos());
        // Frees those that are saved no more; for the others the time since their last change is looked at.
        latest = Caffeine.newBuilder()
                .maximumSize(settings.maxSize())
                .expireAfterAccess(settings.ttl())
                .ticker(ticker)
                .executor(Runnable::run)
                .build();
    }

    /**
     * Hands a state over unless it is what was handed over last.
     *
     * @param handOver returns whether there was room; what it throws comes through, and nothing is remembered
     */
    public Reception offer(Desired desired, Predicate<Desired> handOver) {
        return offer(desired, handOver, false);
    }

    /** Hands a state over even if it repeats what was handed over last, for a caller who wants to hear how that ends. */
    public Reception offerAgain(Desired desired, Predicate<Desired> handOver) {
        return offer(desired, handOver, true);
    }

    private Reception offer(Desired desired, Predicate<Desired> handOver, boolean always) {
        Attempt attempt = new Attempt(desired, handOver, always);
        latest.asMap().compute(RecentKey.of(desired.key()), (same, known) -> attempt.on(stillValid(known)));
        return attempt.reception();
    }

    /** Counted from the last change of content: a customer saved every hour is sent once in a while all the same. */
    private @Nullable Latest stillValid(@Nullable Latest known) {
        return known == null || moment() - known.since > ttl ? null : known;
    }

    /** In units of about 34 ms: more than two of the longest ttl fit into a difference, and half a {@code long} is spared. */
    private int moment() {
        return units(ticker.read());
    }

    private static int units(long nanos) {
        return (int) (nanos >> 25);
    }

    /** One save against what is remembered; runs while the customer's entry is locked. */
    private final class Attempt {

        private final Desired desired;
        private final Predicate<Desired> handOver;
        private final boolean always;
        private Reception reception = Reception.REFUSED;
        private @Nullable Throwable fault;

        private Attempt(Desired desired, Predicate<Desired> handOver, boolean always) {
            this.desired = desired;
            this.handOver = handOver;
            this.always = always;
        }

        @Nullable
        Latest on(@Nullable Latest known) {
            reception = judge(known);
            if (reception == Reception.NEW || always) {
                boolean taken = handOver();
                reception = taken ? reception : Reception.REFUSED;
            }
            return switch (reception) {
                case NEW -> latest(known);
                case SUPPRESSED -> requireNonNull(known).raisedTo(desired.sourceVersion());
                case OUTDATED -> known;
                case REFUSED -> null;
            };
        }

        private Reception judge(@Nullable Latest known) {
            if (known == null) {
                return Reception.NEW;
            }
            if (!desired.mayReplace(known.sourceVersion, desired.notBefore())) {
                return Reception.OUTDATED;
            }
            boolean repeated = known.content == desired.fingerprint().prefix()
                    && (!isJudgedWithOthers() || known.sourceVersion == desired.sourceVersion());
            return repeated ? Reception.SUPPRESSED : Reception.NEW;
        }

        /** By other nodes' saves, or those of other guests with its contact: which of them is the latest, the ledger knows. */
        private boolean isJudgedWithOthers() {
            Contact contact = desired.contact();
            return shared || (contact != null && contact.alone());
        }

        private boolean handOver() {
            try {
                return handOver.test(desired);
            } catch (RuntimeException | Error thrown) {
                fault = thrown;
                return false;
            }
        }

        private Latest latest(@Nullable Latest known) {
            long version = known == null
                    ? desired.sourceVersion()
                    : desired.laterVersion(known.sourceVersion, desired.notBefore());
            return new Latest(desired.fingerprint().prefix(), version, moment());
        }

        Reception reception() {
            if (fault instanceof Error thrown) {
                throw thrown;
            }
            if (fault instanceof RuntimeException thrown) {
                throw thrown;
            }
            return reception;
        }
    }

    /** Forgets a customer whose state was refused or lost, so that the next save is taken whatever its content. */
    public void forget(CustomerKey key) {
        latest.invalidate(RecentKey.of(key));
    }

    /** How many customers are remembered, about. */
    public long size() {
        return latest.estimatedSize();
    }
}
