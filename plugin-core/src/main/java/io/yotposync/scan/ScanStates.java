package io.yotposync.scan;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps where scans stand, for all nodes where the implementation is shared. Thread-safe; every call may do I/O in a
 * short transaction of its own and throws what its storage throws.
 */
public interface ScanStates {

    /** Empty for a scan that never began, or whose state was deleted. */
    Optional<ScanState> find(ScanJob job);

    /** Every scan there is, in no order. */
    List<ScanState> all();

    /**
     * Changes a state atomically over all nodes.
     *
     * @param change from the newest state, {@code null} for none, to the next, {@code null} to delete it; free of side
     *     effects, applied again if another node was quicker
     * @return as stored, empty if there is none any more
     */
    Optional<ScanState> update(ScanJob job, UnaryOperator<@Nullable ScanState> change);

    /**
     * Takes or renews the right to scan, which one node has at a time.
     *
     * @param node this node's name, unique among all that share the states, at most 128 characters
     * @return {@code false} while another node has it
     */
    boolean lease(String node, Duration length, Instant now);

    /** Gives the right back; of no effect for a node that has lost it. */
    void release(String node);

    /** Of this process alone, lost when it ends. */
    static ScanStates inMemory() {
        return new MemoryScanStates();
    }
}
