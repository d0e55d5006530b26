package io.yotposync.outbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How a claim ended. Every claim is completed once at most; one that never is becomes due again when its lease ends. */
public sealed interface Completion {

    Claim claim();

    /**
     * Yotpo answered 2xx: the claim's fingerprint is now the acknowledged one. A newer desired state stays pending.
     *
     * @param claim with the body that was taken
     * @param note what an operator should know, such as a field that had to be left out; {@code null} for nothing
     */
    record Acknowledged(Claim claim, @Nullable String note) implements Completion {}

    /**
     * To be tried again.
     *
     * @param at not before this moment
     * @param counted whether it counts as an attempt, which Yotpo may have taken; waiting as told by Yotpo does not
     */
    record RetryAt(Claim claim, Instant at, boolean counted, Failure failure) implements Completion {}

    /** Refused for good: kept aside until the customer or the mapping changes, or an operator asks. */
    record Parked(Claim claim, Failure failure) implements Completion {}

    /**
     * Not sent, and need not be: another customer whom Yotpo takes for this one has a later state. Counts as in sync, with
     * what was acknowledged before; a newer desired state stays pending.
     *
     * @param note what an operator should know
     */
    record Superseded(Claim claim, String note) implements Completion {}

    /** Not tried at all; due again at once with nothing changed. */
    record Released(Claim claim) implements Completion {}
}
