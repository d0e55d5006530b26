package io.yotposync;

import io.yotposync.observe.SkipReason;
import io.yotposync.observe.SyncListener;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Writes down what it hears about saves, one line each. */
public final class RecordingListener implements SyncListener {

    private final List<String> heard = new CopyOnWriteArrayList<>();

    public List<String> heard() {
        return heard;
    }

    @Override
    public void skipped(@Nullable StoreKey store, String customerId, SkipReason reason) {
        heard.add(reason + " " + store + "/" + customerId);
    }

    @Override
    public void suppressed(CustomerKey customer) {
        heard.add("suppressed " + customer);
    }

    @Override
    public void accepted(CustomerKey customer) {
        heard.add("accepted " + customer);
    }

    @Override
    public void notCaptured(CustomerKey customer) {
        heard.add("notCaptured " + customer);
    }

    @Override
    public void dropped(CustomerKey customer) {
        heard.add("dropped " + customer);
    }
}
