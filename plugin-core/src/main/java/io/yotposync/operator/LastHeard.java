package io.yotposync.operator;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.yotposync.observe.SkipReason;
import io.yotposync.observe.SyncListener;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What became of the latest save of recently saved customers on this node; ids alone. Thread-safe. */
public final class LastHeard implements SyncListener {

    /** What became of a save. */
    public enum Fate {
        ACCEPTED,
        UNCHANGED,
        SKIPPED,
        DROPPED
    }

    /**
     * The latest save.
     *
     * @param reason why it was skipped, {@code null} if it was not
     */
    public record Heard(Instant at, Fate fate, @Nullable SkipReason reason) {}

    private record Who(@Nullable StoreKey store, String customerId) {}

    private final Clock clock;
    private final Cache<Who, AtomicReference<Heard>> latest;

    public LastHeard(Clock clock, int maxCustomers) {
        this.clock = clock;
        latest = Caffeine.newBuilder()
                .maximumSize(maxCustomers)
                .executor(Runnable::run)
                .build();
    }

    /** {@code null} if nothing was heard, or too long ago to be remembered. */
    public @Nullable Heard of(CustomerKey customer) {
        return of(new Who(customer.store(), customer.customerId()));
    }

    /** The same for a customer whose site belongs to no store. */
    public @Nullable Heard withoutStore(String customerId) {
        return of(new Who(null, customerId));
    }

    private @Nullable Heard of(Who who) {
        AtomicReference<Heard> heard = latest.getIfPresent(who);
        return heard == null ? null : heard.get();
    }

    private void hear(@Nullable StoreKey store, String customerId, Fate fate, @Nullable SkipReason reason) {
        Who who = new Who(store, customerId);
        Heard heard = new Heard(clock.instant(), fate, reason);
        // Quietly: the upkeep for customers who are in there already would be a twelfth of a save that changes nothing.
        AtomicReference<Heard> known = latest.policy().getIfPresentQuietly(who);
        if (known == null) {
            latest.put(who, new AtomicReference<>(heard));
        } else {
            known.set(heard);
        }
    }

    @Override
    public void skipped(@Nullable StoreKey store, String customerId, SkipReason reason) {
        hear(store, customerId, Fate.SKIPPED, reason);
    }

    @Override
    public void suppressed(CustomerKey customer) {
        hear(customer.store(), customer.customerId(), Fate.UNCHANGED, null);
    }

    @Override
    public void accepted(CustomerKey customer) {
        hear(customer.store(), customer.customerId(), Fate.ACCEPTED, null);
    }

    @Override
    public void dropped(CustomerKey customer) {
        hear(customer.store(), customer.customerId(), Fate.DROPPED, null);
    }
}
