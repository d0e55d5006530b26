package io.yotposync.store;

import java.util.function.UnaryOperator;

/** Adds what the host says; it is kept where the host keeps it, and so never stored with the rest. */
record HostSwitchedStates(StoreStates states, HostSwitch host) implements StoreStates {

    @Override
    public StoreState get(StoreKey store) {
        return withHost(states.get(store));
    }

    @Override
    public StoreState update(StoreKey store, UnaryOperator<StoreState> change) {
        return withHost(states.update(store, change));
    }

    @Override
    public void refresh() {
        states.refresh();
    }

    private StoreState withHost(StoreState state) {
        Boolean said = host.enabled(state.store());
        return said == null ? state : state.withEnabledByHost(said);
    }
}
