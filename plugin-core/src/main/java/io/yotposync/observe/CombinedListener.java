package io.yotposync.observe;

import com.github.benmanes.caffeine.cache.Ticker;
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

    /** Whose lines tell of single saves. */
    private static final Logger SAVES = LoggerFactory.getLogger("io.yotposync");

    private final List<SyncListener> listeners;
    private final Said said = new Said(Ticker.systemTicker());

    CombinedListener(Collection<? extends SyncListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    private void tell(@Nullable StoreKey store, @Nullable String customerId, Consumer<SyncListener> what) {
        LogFields.beside(store, customerId, () -> tell(what));
    }

    private void tell(CustomerKey customer, Consumer<SyncListener> what) {
        tell(customer.store(), customer.customerId(), what);
    }

    /** On the saving thread, for which fields that stand beside no line would be a tenth of its work. */
    private void tellOfSave(CustomerKey customer, Consumer<SyncListener> what) {
        if (SAVES.isDebugEnabled()) {
            tell(customer, what);
        } else {
            tell(what);
        }
    }

    private void tell(Consumer<SyncListener> what) {
        for (SyncListener listener : listeners) {
            try {
                what.accept(listener);
            } catch (Throwable fault) {
                failed(listener.getClass().getName(), fault.getClass().getName());
            }
        }
    }

    private void failed(String listener, String fault) {
        if (said.isNews(listener + " " + fault)) {
            LOG.warn("Yotpo sync: listener {} failed with {}", listener, fault);
        } else {
            LOG.debug("Yotpo sync: listener {} failed again with {}", listener, fault);
        }
    }

    @Override
    public void skipped(@Nullable StoreKey store, String customerId, SkipReason reason) {
        tell(store, customerId, each -> each.skipped(store, customerId, reason));
    }

    @Override
    public void suppressed(CustomerKey customer) {
        tellOfSave(customer, each -> each.suppressed(customer));
    }

    @Override
    public void accepted(CustomerKey customer) {
        tellOfSave(customer, each -> each.accepted(customer));
    }

    @Override
    public void notCaptured(CustomerKey customer) {
        tell(customer, each -> each.notCaptured(customer));
    }

    @Override
    public void dropped(CustomerKey customer) {
        tell(customer, each -> each.dropped(customer));
    }

    @Override
    public void delivered(CustomerKey customer, Duration took) {
        tell(customer, each -> each.delivered(customer, took));
    }

    @Override
    public void superseded(CustomerKey customer) {
        tell(customer, each -> each.superseded(customer));
    }

    @Override
    public void retrying(CustomerKey customer, Failure failure, Instant at) {
        tell(customer, each -> each.retrying(customer, failure, at));
    }

    @Override
    public void parked(CustomerKey customer, Failure failure) {
        tell(customer, each -> each.parked(customer, failure));
    }

    @Override
    public void waiting(StoreKey store, Failure failure, Instant until) {
        tell(store, null, each -> each.waiting(store, failure, until));
    }

    @Override
    public void held(StoreKey store, Failure failure) {
        tell(store, null, each -> each.held(store, failure));
    }

    @Override
    public void released(StoreKey store) {
        tell(store, null, each -> each.released(store));
    }

    @Override
    public void outage(StoreKey store) {
        tell(store, null, each -> each.outage(store));
    }

    @Override
    public void recovered(StoreKey store) {
        tell(store, null, each -> each.recovered(store));
    }
}
