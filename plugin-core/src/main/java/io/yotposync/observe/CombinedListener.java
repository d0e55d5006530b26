package io.yotposync.observe;

import io.yotposync.outbox.Failure;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells several listeners, none of which can disturb another or the caller. */
final class CombinedListener implements SyncListener {

    private static final Logger LOG = LoggerFactory.getLogger(CombinedListener.class);

    private final List<SyncListener> listeners;

    CombinedListener(Collection<? extends SyncListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    private void tell(Consumer<SyncListener> what) {
        for (SyncListener listener : listeners) {
            try {
                what.accept(listener);
            } catch (Exception | LinkageError | StackOverflowError | AssertionError fault) {
                LOG.warn(
                        "Yotpo sync: listener {} failed with {}",
                        listener.getClass().getName(),
                        fault.getClass().getName());
            }
        }
    }

    @Override
    public void skipped(@Nullable StoreKey store, String customerId, SkipReason reason) {
        tell(each -> each.skipped(store, customerId, reason));
    }

    @Override
    public void suppressed(CustomerKey customer) {
        tell(each -> each.suppressed(customer));
    }

    @Override
    public void accepted(CustomerKey customer) {
        tell(each -> each.accepted(customer));
    }

    @Override
    public void notCaptured(CustomerKey customer) {
        tell(each -> each.notCaptured(customer));
    }

    @Override
    public void dropped(CustomerKey customer) {
        tell(each -> each.dropped(customer));
    }

    @Override
    public void delivered(CustomerKey customer, Duration took) {
        tell(each -> each.delivered(customer, took));
    }

    @Override
    public void retrying(CustomerKey customer, Failure failure, Instant at) {
        tell(each -> each.retrying(customer, failure, at));
    }

    @Override
    public void parked(CustomerKey customer, Failure failure) {
        tell(each -> each.parked(customer, failure));
    }

    @Override
    public void waiting(StoreKey store, Failure failure, Instant until) {
        tell(each -> each.waiting(store, failure, until));
    }

    @Override
    public void held(StoreKey store, Failure failure) {
        tell(each -> each.held(store, failure));
    }

    @Override
    public void released(StoreKey store) {
        tell(each -> each.released(store));
    }

    @Override
    public void outage(StoreKey store) {
        tell(each -> each.outage(store));
    }

    @Override
    public void recovered(StoreKey store) {
        tell(each -> each.recovered(store));
    }
}
