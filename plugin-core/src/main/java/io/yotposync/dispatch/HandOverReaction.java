package io.yotposync.dispatch;

import io.yotposync.observe.StorageFault;
import io.yotposync.observe.SyncListener;
import io.yotposync.outbox.Desired;
import io.yotposync.outbox.HandOverListener;
import io.yotposync.store.CustomerKey;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wakes the dispatcher for what was written, and says once when writing fails and works again. */
final class HandOverReaction implements HandOverListener {

    private static final Logger LOG = LoggerFactory.getLogger("io.yotposync");

    private final Dispatcher dispatcher;
    private final SyncListener listener;
    private final List<HandOverListener> others;
    private final AtomicBoolean failing = new AtomicBoolean();

    /** @param others told last, so that what they throw keeps nothing from its turn */
    HandOverReaction(Dispatcher dispatcher, SyncListener listener, List<HandOverListener> others) {
        this.dispatcher = dispatcher;
        this.listener = listener;
        this.others = others;
    }

    @Override
    public void written(Collection<Desired> states, Duration took) {
        if (failing.get() && failing.compareAndSet(true, false)) {
            LOG.info("Yotpo sync: the outbox is written again");
        }
        states.forEach(dispatcher::wake);
        others.forEach(other -> other.written(states, took));
    }

    @Override
    public void failed(Throwable cause) {
        if (failing.compareAndSet(false, true)) {
            LOG.warn(
                    "Yotpo sync: the outbox cannot be written, customers wait in memory: {}", StorageFault.kind(cause));
        }
        others.forEach(other -> other.failed(cause));
    }

    @Override
    public void givenUp(CustomerKey key) {
        listener.dropped(key);
        others.forEach(other -> other.givenUp(key));
    }
}
