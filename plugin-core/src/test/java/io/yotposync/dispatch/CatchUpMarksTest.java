package io.yotposync.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.observe.SkipReason;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreState;
import io.yotposync.store.StoreStates;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
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
    void whatIsDroppedWhileAMarkIsWrittenAsksForOneOfItsOwn() {
        AtomicInteger written = new AtomicInteger();
        CatchUpMarks[] behind = new CatchUpMarks[1];
        behind[0] = new CatchUpMarks(
                writing(() -> {
                    if (written.incrementAndGet() == 1) {
                        behind[0].dropped(CUSTOMER);
                    }
                }),
                threads);

        behind[0].dropped(CUSTOMER);
        threads.settle();

        assertThat(written).hasValue(2);
    }

    @Test
    void whatIsDroppedWhileAMarkCannotBeWrittenLeadsToNoMoreTriesThanOneEachFiveSeconds() {
        AtomicInteger tries = new AtomicInteger();
        CatchUpMarks[] behind = new CatchUpMarks[1];
        behind[0] = new CatchUpMarks(
                writing(() -> {
                    if (tries.incrementAndGet() <= 12) {
                        behind[0].dropped(CUSTOMER);
                        throw new IllegalStateException("the database is away");
                    }
                }),
                threads);

        behind[0].dropped(CUSTOMER);
        threads.advance(Duration.ofSeconds(59));
        assertThat(tries).hasValue(12);
        assertThat(states.get(EU).catchUpNeeded()).isFalse();

        threads.advance(Duration.ofSeconds(1));
        assertThat(states.get(EU).catchUpNeeded()).isTrue();
    }

    @Test
    void aMarkThatNoMemoryWasLeftForIsWrittenWithTheNext() {
        threads.outOfMemory = true;
        marks.dropped(CUSTOMER);
        threads.outOfMemory = false;
        assertThat(isMarked()).isFalse();

        marks.dropped(CUSTOMER);

        assertThat(isMarked()).isTrue();
    }

    private StoreStates writing(Runnable before) {
        return new StoreStates() {
            @Override
            public StoreState get(StoreKey store) {
                return states.get(store);
            }

            @Override
            public StoreState update(StoreKey store, UnaryOperator<StoreState> change) {
                before.run();
                return states.update(store, change);
            }

            @Override
            public void refresh() {}
        };
    }

    @Test
    void whatIsSkippedForAnotherReasonOrTakenAsEverIsNot() {
        marks.skipped(EU, "1", SkipReason.ANONYMOUS);
        marks.skipped(null, "1", SkipReason.NO_STORE);
        marks.accepted(CUSTOMER);

        assertThat(isMarked()).isFalse();
    }
}
