package io.yotposync.store;

import java.util.function.UnaryOperator;

/**
 * The run-time state of every store, shared by all nodes where the implementation is.
 *
 * <p>Thread-safe. {@link #get} is called on saving threads and never does I/O: what it answers may be as old as the
 * last {@link #refresh}. {@link #update} and {@link #refresh} may do I/O and throw what their storage throws.
 *
 * <p>A bean of the host's own is used as it is: where there is a {@link HostSwitch}, return it {@link #switchedBy} that,
 * or nobody asks the switch.
 */
public interface StoreStates {

    /** The state as this node knows it; never blocks. */
    StoreState get(StoreKey store);

    /**
     * Changes a state atomically over all nodes.
     *
     * @param change applied to the newest state, more than once if another node was quicker; free of side effects
     * @return the state as stored
     */
    StoreState update(StoreKey store, UnaryOperator<StoreState> change);

    /**
     * Takes over what other nodes changed, and what was changed before this process began. Called once at the start, by the
     * thread that starts the host, then about once a second on the plugin's own.
     */
    void refresh();

    /** States of this process alone, lost when it ends. */
    static StoreStates inMemory() {
        return new MemoryStoreStates();
    }

    /** The same states, with what the host's own administration says of each store. */
    default StoreStates switchedBy(HostSwitch host) {
        return new HostSwitchedStates(this, host);
    }
}
