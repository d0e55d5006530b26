package io.yotposync.autoconfigure;

import io.yotposync.observe.SyncListener;
import io.yotposync.outbox.Failure;
import io.yotposync.recent.RecentUpserts;
import io.yotposync.store.CustomerKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Every listener there is, as one. A bean of its own type, so that it is not taken for one of them.
 *
 * @param all tells each, our own memory of recent saves included
 */
public record SyncListeners(SyncListener all) {

    static SyncListeners of(Collection<SyncListener> listeners, RecentUpserts recent) {
        List<SyncListener> all = new ArrayList<>(listeners);
        all.add(new ForgetRefused(recent));
        return new SyncListeners(SyncListener.all(all));
    }

    /** What was refused or dropped is not remembered as sent: the next save is taken whatever its content. */
    private record ForgetRefused(RecentUpserts recent) implements SyncListener {

        @Override
        public void parked(CustomerKey customer, Failure failure) {
            recent.forget(customer);
        }

        @Override
        public void dropped(CustomerKey customer) {
            recent.forget(customer);
        }
    }
}
