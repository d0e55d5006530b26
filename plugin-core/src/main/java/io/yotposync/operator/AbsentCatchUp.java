package io.yotposync.operator;

import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** For a host whose customers the plugin cannot read. */
final class AbsentCatchUp implements CatchUp {

    @Override
    public Progress start(StoreKey store) {
        throw absent();
    }

    @Override
    public Progress stop(StoreKey store) {
        throw absent();
    }

    @Override
    public @Nullable Progress progress(StoreKey store) {
        return null;
    }

    @Override
    public Map<String, Object> dryRun(StoreKey store) {
        throw absent();
    }

    @Override
    public Map<String, Object> readBack(CustomerKey customer) {
        throw absent();
    }

    @Override
    public boolean resend(CustomerKey customer) {
        throw absent();
    }

    static UnsupportedOperationException absent() {
        return new UnsupportedOperationException(
                "this host has no customer source, so the plugin cannot read its customers");
    }
}
