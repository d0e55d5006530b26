package io.yotposync.operator;

import io.yotposync.observe.SkipReason;
import io.yotposync.observe.SyncListener;
import io.yotposync.outbox.Failure;
import io.yotposync.outbox.FailureClass;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The last {@value #MAX} errors of this node by class and status alone: neither reasons nor customers. Thread-safe. */
public final class RecentErrors implements SyncListener {

    public static final int MAX = 50;

    /** What went wrong; {@code status} is 0 where there was no answer. */
    public record Seen(Instant at, @Nullable String store, String what, FailureClass kind, int status) {}

    private final Clock clock;
    private final Deque<Seen> errors = new ArrayDeque<>();

    public RecentErrors(Clock clock) {
        this.clock = clock;
    }

    /** The newest first. */
    public List<Seen> newest() {
        synchronized (errors) {
            return List.copyOf(errors);
        }
    }

    private void add(@Nullable StoreKey store, String what, FailureClass kind, int status) {
        Seen error = new Seen(clock.instant(), store == null ? null : store.value(), what, kind, status);
        synchronized (errors) {
            errors.addFirst(error);
            if (errors.size() > MAX) {
                errors.removeLast();
            }
        }
    }

    @Override
    public void skipped(@Nullable StoreKey store, String customerId, SkipReason reason) {
        if (reason == SkipReason.FAILED || reason == SkipReason.CUSTOMIZER_BROKE_IDENTIFIER) {
            add(store, "skipped: " + reason, FailureClass.OURS, 0);
        }
    }

    @Override
    public void retrying(CustomerKey customer, Failure failure, Instant at) {
        add(customer.store(), "retrying", failure.kind(), failure.status());
    }

    @Override
    public void parked(CustomerKey customer, Failure failure) {
        add(customer.store(), "parked", failure.kind(), failure.status());
    }

    @Override
    public void held(StoreKey store, Failure failure) {
        add(store, "held", failure.kind(), failure.status());
    }
}
