package io.yotposync.store;

/**
 * Switches stores at run time, on all nodes where the states are shared. Thread-safe; unless said otherwise a call may do
 * I/O and throws what the storage of the states throws, or {@link IllegalArgumentException} for a store that is not
 * configured.
 *
 * <p>Disabled: the host's events for the store are counted and dropped, and nothing is sent. Paused: events are
 * accepted, nothing is sent.
 */
public final class StoreSwitch {

    private final Stores stores;
    private final StoreStates states;

    public StoreSwitch(Stores stores, StoreStates states) {
        this.stores = stores;
        this.states = states;
    }

    /** The stores that there are to switch. */
    public Stores stores() {
        return stores;
    }

    /** Switches a store on; what was dropped meanwhile is left for the catch-up. */
    public StoreState enable(StoreKey store) {
        stores.get(store);
        return states.update(store, state -> state.withEnabled(true).withCatchUpNeeded(true));
    }

    public StoreState disable(StoreKey store) {
        stores.get(store);
        return states.update(store, state -> state.withEnabled(false));
    }

    /** @param reason shown to operators; no customer's data */
    public StoreState pause(StoreKey store, String reason) {
        stores.get(store);
        return states.update(store, state -> state.pausedFor(reason));
    }

    public StoreState resume(StoreKey store) {
        stores.get(store);
        return states.update(store, StoreState::resumed);
    }

    /**
     * Looks what was said elsewhere, or before this process began. Any thread but a saving one; may do I/O, and throws what
     * the states' storage throws.
     */
    public void refresh() {
        states.refresh();
    }

    /** What this node knows of the store; never blocks. */
    public StoreState state(StoreKey store) {
        stores.get(store);
        return states.get(store);
    }

    /** Whether the store takes events, by its properties or as said at run time; never blocks. */
    public boolean isEnabled(StoreSettings store) {
        return states.get(store.key()).isEnabled(store.enabled());
    }
}
