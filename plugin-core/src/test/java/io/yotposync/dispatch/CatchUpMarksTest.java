package io.yotposync.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.observe.SkipReason;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreStates;
import org.junit.jupiter.api.Test;

class CatchUpMarksTest {

    private static final StoreKey EU = new StoreKey("eu");
    private static final CustomerKey CUSTOMER = new CustomerKey(EU, "1");

    private final ManualThreads threads = new ManualThreads();
    private final StoreStates states = StoreStates.inMemory();
    private final CatchUpMarks marks = new CatchUpMarks(states, threads);

    private boolean isMarked() {
        threads.settle();
        return states.get(EU).catchUpNeeded();
    }

    @Test
    void aDroppedCustomerIsLeftToTheCatchUp() {
        marks.dropped(CUSTOMER);

        assertThat(isMarked()).isTrue();
    }

    /** Another node switched the store on, and its scan may be over before this one hears of it. */
    @Test
    void whatWasDroppedUntilThisNodeHeardThatTheStoreIsOnIsLeftToTheCatchUpToo() {
        marks.skipped(EU, "1", SkipReason.STORE_DISABLED);
        assertThat(isMarked()).isFalse();

        marks.accepted(CUSTOMER);

        assertThat(isMarked()).isTrue();
    }

    @Test
    void whatIsSkippedForAnotherReasonOrTakenAsEverIsNot() {
        marks.skipped(EU, "1", SkipReason.ANONYMOUS);
        marks.skipped(null, "1", SkipReason.NO_STORE);
        marks.accepted(CUSTOMER);

        assertThat(isMarked()).isFalse();
    }
}
