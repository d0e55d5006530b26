package io.yotposync.scan;

import java.time.Duration;
import java.time.Instant;

/** This node's right to scan, taken and renewed when it is asked for. Used on the scanning thread but to give it back. */
final class ScanLease {

    private static final Duration LENGTH = Duration.ofSeconds(30);

    private final ScanStates states;
    private final String node;
    private Instant until = Instant.MIN;

    ScanLease(ScanStates states, String node) {
        this.states = states;
        this.node = node;
    }

    boolean isHeld(Instant now) {
        boolean believable = !until.isAfter(now.plus(LENGTH)); // not from before the clock was put back
        if (believable && until.isAfter(now.plus(LENGTH.dividedBy(2)))) {
            return true;
        }
        boolean held = states.lease(node, LENGTH, now);
        until = held ? now.plus(LENGTH) : Instant.MIN;
        return held;
    }

    /** It has been given back. */
    void forget() {
        until = Instant.MIN;
    }

    /** Gives it back; any thread. */
    void release() {
        states.release(node);
    }
}
