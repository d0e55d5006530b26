package io.yotposync;

import io.yotposync.observe.SyncListener;
import io.yotposync.outbox.Failure;
import io.yotposync.recent.RecentUpserts;
import io.yotposync.store.CustomerKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What was refused, dropped or superseded is not remembered as sent: the next save is taken whatever its content. */
public record ForgetRefused(RecentUpserts recent) implements SyncListener {

    /** All of these as one, with this behind them. */
    public static SyncListener after(Collection<SyncListener> listeners, RecentUpserts recent) {
        List<SyncListener> all = new ArrayList<>(listeners);
        all.add(new ForgetRefused(recent));
        return SyncListener.all(all);
    }

    @Override
    public void superseded(CustomerKey customer) {
        recent.forget(customer);
    }

    @Override
    public void parked(CustomerKey customer, Failure failure) {
        recent.forget(customer);
    }

    @Override
    public void dropped(CustomerKey customer) {
        recent.forget(customer);
    }
}
