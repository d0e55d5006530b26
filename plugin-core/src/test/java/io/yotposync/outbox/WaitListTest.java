package io.yotposync.outbox;

import static io.yotposync.outbox.States.EU;
import static io.yotposync.outbox.States.ONE;
import static io.yotposync.outbox.States.T0;
import static io.yotposync.outbox.States.at;
import static io.yotposync.outbox.States.key;
import static io.yotposync.outbox.States.live;
import static io.yotposync.outbox.States.payload;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which states make the next write, while two of them are under way. */
class WaitListTest {

    private static final int BATCH = 10;

    private final WaitList list = new WaitList(GroupCommitSettings.standard().withMaxBatch(BATCH));

    @BeforeEach
    void fillForFourWrites() {
        IntStream.range(0, 4 * BATCH).forEach(i -> list.add(new Waiting(live(key(EU, "n" + i), "1"), List.of())));
    }

    @Test
    void aWriteThatBeganBeforeAnotherFailedDoesNotMakeTheNextOnesLarger() {
        WaitList.Write first = list.next(at(1));
        WaitList.Write second = list.next(at(2));
        list.failed(first, at(3));
        written(second);

        assertThat(list.failingSince(at(4), Duration.ofDays(1))).isEqualTo(at(3));
        assertThat(list.delay()).isPositive();
        assertThat(list.overflows()).isFalse();
        WaitList.Write third = list.next(at(4));
        assertThat(third.states()).isEqualTo(first.states().subList(0, BATCH / 2));
        written(third);
        assertThat(list.failingSince(at(5), Duration.ofDays(1))).isNull();
        assertThat(list.next(at(5)).states()).hasSize(BATCH);
    }

    @Test
    void aLargeWriteThatFailsLateDoesNotMakeTheNextOnesLarger() {
        WaitList.Write slow = list.next(at(1));
        for (int i = 0; i < 3; i++) {
            list.failed(list.next(at(2)), at(3));
        }
        list.failed(slow, at(4));

        assertThat(list.next(at(5)).states()).hasSize(1);
    }

    @Test
    void theOldestWriteSaysSinceWhenOneHangs() {
        list.next(at(1));
        WaitList.Write second = list.next(at(5));

        assertThat(list.failingSince(at(11), Duration.ofSeconds(10))).isNull();
        assertThat(list.failingSince(at(12), Duration.ofSeconds(10))).isEqualTo(at(1));
        written(second);
        assertThat(list.failingSince(at(12), Duration.ofSeconds(10))).isEqualTo(at(1));
    }

    @Test
    void aStateOfATimeThatAClockWasPutBackFromGivesWayToTheNextSave() {
        WaitList waiting = new WaitList(GroupCommitSettings.standard());
        waiting.add(new Waiting(live(ONE, "ahead", at(3900).toEpochMilli() + 1), List.of()));
        waiting.add(new Waiting(live(ONE, "B"), List.of()));

        Desired state = waiting.next(T0).desired().get(0);
        assertThat(state.payload()).isEqualTo(payload("B"));
        assertThat(state.sourceVersion()).isEqualTo(T0.toEpochMilli());
    }

    private void written(WaitList.Write write) {
        write.states().forEach(list::written);
        list.written(write);
    }
}
