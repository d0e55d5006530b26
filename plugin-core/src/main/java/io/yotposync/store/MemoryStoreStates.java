package io.yotposync.store;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** One process's own states. */
final class MemoryStoreStates implements StoreStates {

    private final Map<StoreKey, StoreState> states = new ConcurrentHashMap<>();

    @Override
    public StoreState get(StoreKey store) {
        return states.computeIfAbsent(store, StoreState::asConfigured);
    }

    @Override
    public StoreState update(StoreKey store, UnaryOperator<StoreState> change) {
        return states.compute(store, (key, now) -> change.apply(now == null ? StoreState.asConfigured(key) : now));
    }

    @Override
    public void refresh() {
        // Nobody else changes them.
    }
}
