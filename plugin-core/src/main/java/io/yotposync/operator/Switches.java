package io.yotposync.operator;

import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreState;

/** What decides whether a store takes customers. */
final class Switches {

    private Switches() {}

    static String enabledBy(StoreState state) {
        return state.enabled() == null ? property(state.store()) : "run time";
    }

    static String property(StoreKey store) {
        return "yotpo.sync.stores." + store + ".enabled";
    }
}
