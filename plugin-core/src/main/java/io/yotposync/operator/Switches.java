package io.yotposync.operator;

import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreState;

/** What decides whether a store takes customers. */
final class Switches {

    static final String HOST = "the shop's administration";

    private Switches() {}

    /** Who decides: whoever says no, else the operator, else the host, else the property. */
    static String enabledBy(StoreState state) {
        boolean hostSaysNo = Boolean.FALSE.equals(state.enabledByHost());
        if (state.enabled() != null && (!state.enabled() || !hostSaysNo)) {
            return "run time";
        }
        return state.enabledByHost() == null ? property(state.store()) : HOST;
    }

    static String property(StoreKey store) {
        return "yotpo.sync.stores." + store + ".enabled";
    }
}
