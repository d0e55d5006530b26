package io.yotposync.scan;

import io.yotposync.observe.SkipReason;
import io.yotposync.outbox.Desired;
import io.yotposync.payload.FieldChanges;
import org.jspecify.annotations.Nullable;

/** What a scan makes of one customer in one store. */
sealed interface Judgement {

    /**
     * To be sent.
     *
     * @param changes against what Yotpo acknowledged last, {@code null} if that is not known
     * @param heldBack whether a consent was left out, which this scan must not change
     */
    record Send(Desired desired, @Nullable FieldChanges changes, boolean heldBack) implements Judgement {}

    /**
     * Yotpo has it or will have it.
     *
     * @param heldBack whether all that differs is a consent, which this scan must not change
     */
    record Unchanged(boolean heldBack) implements Judgement {}

    /** The row changed after this state was read, or holds a newer one. */
    record Overtaken() implements Judgement {}

    /** Not to be sent. */
    record Skip(SkipReason reason) implements Judgement {}

    /**
     * Nothing personal is left of a customer whom Yotpo knows.
     *
     * @param rest what a save would send of it all the same, {@code null} if nothing identifies it
     * @param otherwise what is made of the rest where Yotpo is not told that the customer left, {@code null} without one
     */
    record Left(@Nullable Desired rest, @Nullable Judgement otherwise) implements Judgement {

        static final Left NOTHING = new Left(null, null);
    }
}
