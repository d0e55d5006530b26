package io.yotposync.operator;

import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreState;

/** What decides whether a store takes customers. */
final class Switches {

    static final String HOST = "the shop's administration";

    private static final String OPERATOR = "run time";

    private Switches() {}

    /** Who decides: whoever says no, else the operator, else the host, else the property. */
    static String enabledBy(StoreState state) {
        boolean hostSaysNo = Boolean.FALSE.equals(state.enabledByHost());
        if (state.enabled() != null && (!state.enabled() || !hostSaysNo)) {
            return OPERATOR;
        }
        return state.enabledByHost() == null ? property(state.store()) : HOST;
    }

    /** The same, as a sentence goes on after "by". */
    static String inWords(String enabledBy) {
        return enabledBy.equals(OPERATOR) ? "an operator, at run time" : enabledBy;
    }

    /** When it sends, as a sentence goes on; empty if it does. */
    static String whenItSends(StoreState state, boolean enabled) {
        boolean sending = enabled && !state.paused() && state.held() == null;
        String first = !enabled ? "switched on" : state.paused() ? "resumed" : "no longer held";
        return sending ? "" : " when store " + state.store() + " is " + first;
    }

    static String property(StoreKey store) {
        return "yotpo.sync.stores." + store + ".enabled";
    }
}
