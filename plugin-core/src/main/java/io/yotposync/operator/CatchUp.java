package io.yotposync.operator;

import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the shop's customers, or asks Yotpo back, on an operator's wish. Thread-safe; every method but
 * {@link #progress}, {@link #questions} and {@link #lastDryRun} may do I/O, none waits for a whole pass. What it answers
 * carries no personal data.
 *
 * <p>Throws what its storage throws, {@link IllegalArgumentException} for what is not known, and
 * {@link UnsupportedOperationException} where this host lacks what it takes.
 */
public interface CatchUp {

    /**
     * How far a pass has come.
     *
     * @param state {@code RUNNING}, {@code DONE}, {@code STOPPED} or {@code ASKING}
     * @param done customers looked at
     * @param total customers there are, -1 if not known
     * @param secondsLeft as it looks at the moment
     */
    record Progress(
            String state,
            long done,
            long total,
            @Nullable Instant startedAt,
            @Nullable Long secondsLeft) {}

    /**
     * A pass that stopped because it would change more than expected.
     *
     * @param job which one
     * @param question why, with numbers and examples: ids of customers and names of fields
     */
    record Question(String job, String question, Instant since) {}

    /**
     * The last dry run, or the one that runs.
     *
     * @param state as in {@link Progress}
     * @param counts what was counted so far, by name
     * @param question why the tripwire would stop it; {@code null} if it would not
     */
    record DryRun(
            String state,
            Map<String, Long> counts,
            @Nullable String question,
            Instant startedAt) {}

    /**
     * What came of an operator's word to a pass.
     *
     * @param heeded whether it was one that waited for such a word; {@code false} if nothing was done
     * @param scan as it stands after it
     */
    record Answer(boolean heeded, Progress scan) {}

    /** Starts a pass over all customers, or answers the one that runs. */
    Progress start(StoreKey store);

    /** Ends a pass; what it handed over stays. */
    Progress stop(StoreKey store);

    /**
     * Looks up what {@link #progress}, {@link #questions} and {@link #lastDryRun} answer, who never block and may else
     * answer what was known when they were asked last.
     */
    default void look(StoreKey store) {}

    /** Of the running pass or the last one; never blocks; {@code null} if there was none. */
    @Nullable
    Progress progress(StoreKey store);

    /** Passes that wait for an operator's word; never blocks. */
    default List<Question> questions(StoreKey store) {
        return List.of();
    }

    /**
     * Lets a pass go on that asks, or was stopped; of no effect on another.
     *
     * @param job as its {@link Question} names it
     */
    default Answer proceed(StoreKey store, String job) {
        throw AbsentCatchUp.absent();
    }

    /**
     * Begins a pass anew that asks, or was stopped, and at once one that is done and comes round by itself; of no effect
     * on another. It asks again if it still would change too much.
     *
     * @param job {@code backfill}, {@code changes} or {@code sweep}
     */
    default Answer startOver(StoreKey store, String job) {
        throw AbsentCatchUp.absent();
    }

    /** Never blocks; {@code null} if there was none. */
    default @Nullable DryRun lastDryRun(StoreKey store) {
        return null;
    }

    /** Counts what a pass would do, and does nothing: begins one, or answers where the one that runs has come to. */
    Map<String, Object> dryRun(StoreKey store);

    /** Compares what Yotpo shows of a customer with what it acknowledged; names of fields only. Waits for Yotpo. */
    Map<String, Object> readBack(CustomerKey customer);

    /**
     * Sends a customer once more though Yotpo has acknowledged the same; {@code false} if there is none that this store
     * could be sent.
     */
    boolean resend(CustomerKey customer);

    /** There is no way to read customers: what would have to says so by an exception. */
    static CatchUp absent() {
        return new AbsentCatchUp();
    }
}
