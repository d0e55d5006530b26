package io.yotposync.recent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.yotposync.outbox.Desired;
import io.yotposync.outbox.Origin;
import io.yotposync.payload.Contact;
import io.yotposync.payload.Fingerprint;
import io.yotposync.recent.RecentUpserts.Reception;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.InvalidSettingException;
import io.yotposync.store.StoreKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecentUpsertsTest {

    private static final CustomerKey KEY = new CustomerKey(StoreKey.DEFAULT, "7");
    private static final long V = Instant.parse("2026-03-01T10:00:00.500Z").toEpochMilli();

    private final AtomicLong nanos = new AtomicLong();
    private final List<String> handedOver = new ArrayList<>();
    private final RecentUpserts recent = recent(RecentSettings.DEFAULTS, false);

    @Test
    void endsAtTheFirstContentAfterThereAndBack() {
        assertThat(offer("A", V)).isEqualTo(Reception.NEW);
        assertThat(offer("B", V + 1)).isEqualTo(Reception.NEW);
        assertThat(offer("A", V + 2)).isEqualTo(Reception.NEW);

        assertThat(handedOver).containsExactly("A", "B", "A");
    }

    @Test
    void suppressesARepetitionWhateverItsVersion() {
        offer("A", V);

        assertThat(offer("A", V)).isEqualTo(Reception.SUPPRESSED);
        assertThat(offer("A", V + 5000)).isEqualTo(Reception.SUPPRESSED);
        assertThat(handedOver).containsExactly("A");
    }

    @Test
    void aGuestSavedAgainIsHandedOverForItMayBeTheLatestOfItsContactNow() {
        Contact alone = new Contact(Fingerprint.of("a@example.com"), true);
        recent.offer(of(alone, V), this::take);

        assertThat(recent.offer(of(alone, V), this::take)).isEqualTo(Reception.SUPPRESSED);
        assertThat(recent.offer(of(alone, V + 1), this::take)).isEqualTo(Reception.NEW);
        assertThat(recent.offer(of(new Contact(alone.fingerprint(), false), V + 2), this::take))
                .isEqualTo(Reception.SUPPRESSED);
    }

    private static Desired of(Contact contact, long version) {
        return new Desired(KEY, "A", Fingerprint.of("A"), version, Origin.LIVE, Instant.EPOCH, contact);
    }

    @Test
    void oneCustomersRepetitionIsNoOthers() {
        offer("A", V);

        assertThat(recent.offer(desired(new CustomerKey(StoreKey.DEFAULT, "8"), "A", V), this::take))
                .isEqualTo(Reception.NEW);
        assertThat(recent.offer(desired(new CustomerKey(new StoreKey("eu"), "7"), "A", V), this::take))
                .isEqualTo(Reception.NEW);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"07", "+7", "-7", " 7", "7 ", "", "٧", "7a", "00000000000000000007", "18446744073709551623"})
    void idsThatAreOneNumberAreDifferentCustomersAllTheSame(String id) {
        offer("A", V);

        assertThat(recent.offer(desired(new CustomerKey(StoreKey.DEFAULT, id), "A", V), this::take))
                .isEqualTo(Reception.NEW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "7", "999999999999999999", "9223372036854775808", "07", "a-b"})
    void remembersAndForgetsWhateverTheIdLooksLike(String id) {
        Desired state = desired(new CustomerKey(StoreKey.DEFAULT, id), "A", V);
        recent.offer(state, this::take);

        assertThat(recent.offer(state, this::take)).isEqualTo(Reception.SUPPRESSED);
        recent.forget(state.key());
        assertThat(recent.offer(state, this::take)).isEqualTo(Reception.NEW);
    }

    @Test
    void anOlderStateIsOutdated() {
        offer("B", V + 10);

        assertThat(offer("A", V)).isEqualTo(Reception.OUTDATED);
        assertThat(offer("B", V + 10)).isEqualTo(Reception.SUPPRESSED);
        assertThat(handedOver).containsExactly("B");
    }

    @Test
    void aStateOfATimeThatAClockWasPutBackFromOutdatesNothing() {
        long ahead = V + Duration.ofMinutes(65).toMillis() + 1;
        offer("ahead", ahead);

        assertThat(offer("A", V)).isEqualTo(Reception.NEW);
        assertThat(offer("B", V - 1)).as("by the version of A").isEqualTo(Reception.OUTDATED);
        assertThat(handedOver).containsExactly("ahead", "A");
    }

    @Test
    void aLateStateFromBeforeASuppressedRepetitionIsOutdated() {
        offer("A", V);
        offer("A", V + 20);

        assertThat(offer("B", V + 10)).isEqualTo(Reception.OUTDATED);
    }

    @Test
    void aHostOfWholeSecondsDoesNotLoseAgainstMilliseconds() {
        offer("A", V);

        assertThat(offer("B", V - 500)).isEqualTo(Reception.NEW);
        assertThat(offer("C", V - 1)).as("older than A by its milliseconds").isEqualTo(Reception.OUTDATED);
    }

    @Test
    void whatFoundNoRoomIsNotRemembered() {
        assertThat(recent.offer(desired(KEY, "A", V), full -> false)).isEqualTo(Reception.REFUSED);

        assertThat(offer("A", V)).isEqualTo(Reception.NEW);
    }

    @Test
    void aRefusalForgetsWhatWasThereBefore() {
        offer("A", V);
        recent.offer(desired(KEY, "B", V + 1), full -> false);

        assertThat(offer("A", V + 2)).isEqualTo(Reception.NEW);
    }

    @Test
    void whateverTheHandOverThrowsIsNotRemembered() {
        offer("A", V);

        assertThatIllegalStateException()
                .isThrownBy(() -> recent.offer(desired(KEY, "B", V + 1), broken -> {
                    throw new IllegalStateException();
                }));

        assertThat(offer("A", V + 2)).isEqualTo(Reception.NEW);
    }

    @Test
    void norIsWhatMemoryWasTooShortFor() {
        offer("A", V);

        assertThatExceptionOfType(OutOfMemoryError.class)
                .isThrownBy(() -> recent.offer(desired(KEY, "B", V + 1), broken -> {
                    take(broken);
                    throw new OutOfMemoryError("Java heap space");
                }));

        assertThat(offer("A", V + 2)).isEqualTo(Reception.NEW);
    }

    @Test
    void forgetsWhatWasParked() {
        offer("A", V);
        recent.forget(KEY);

        assertThat(offer("A", V)).isEqualTo(Reception.NEW);
    }

    @Test
    void handsARepetitionOverWhereTheCallerWantsToHearOfIt() {
        offer("A", V);

        assertThat(recent.offerAgain(desired(KEY, "A", V), this::take)).isEqualTo(Reception.SUPPRESSED);
        assertThat(recent.offerAgain(desired(KEY, "A", V), full -> false)).isEqualTo(Reception.REFUSED);
        assertThat(offer("A", V)).isEqualTo(Reception.NEW);
        assertThat(handedOver).containsExactly("A", "A", "A");
    }

    @Test
    void whereOtherNodesWriteTooOnlyTheVerySameVersionIsSuppressed() {
        RecentUpserts shared = recent(RecentSettings.DEFAULTS, true);
        shared.offer(desired(KEY, "A", V), this::take);

        assertThat(shared.offer(desired(KEY, "A", V), this::take)).isEqualTo(Reception.SUPPRESSED);
        assertThat(shared.offer(desired(KEY, "A", V + 1), this::take)).isEqualTo(Reception.NEW);
    }

    @Test
    void remembersForItsTimeAfterTheLastChange() {
        RecentUpserts hourly = recent(new RecentSettings(10, Duration.ofHours(1)), false);
        hourly.offer(desired(KEY, "A", V), this::take);

        pass(Duration.ofMinutes(59));
        assertThat(hourly.offer(desired(KEY, "A", V), this::take)).isEqualTo(Reception.SUPPRESSED);
        pass(Duration.ofMinutes(2));
        assertThat(hourly.offer(desired(KEY, "A", V), this::take))
                .as("a repetition does not prolong it")
                .isEqualTo(Reception.NEW);
    }

    @Test
    void aChangeStartsTheTimeAfresh() {
        RecentUpserts hourly = recent(new RecentSettings(10, Duration.ofHours(1)), false);
        hourly.offer(desired(KEY, "A", V), this::take);
        pass(Duration.ofMinutes(59));
        hourly.offer(desired(KEY, "B", V), this::take);
        pass(Duration.ofMinutes(59));

        assertThat(hourly.offer(desired(KEY, "B", V), this::take)).isEqualTo(Reception.SUPPRESSED);
    }

    @Test
    void remembersNoMoreThanItsSize() {
        RecentUpserts few = recent(new RecentSettings(10, Duration.ofHours(1)), false);

        for (int i = 0; i < 1000; i++) {
            few.offer(desired(new CustomerKey(StoreKey.DEFAULT, "" + i), "A", V), this::take);
        }

        assertThat(few.size()).isLessThanOrEqualTo(10);
    }

    @Test
    void remembersNobodyWithSizeZero() {
        RecentUpserts none = recent(new RecentSettings(0, Duration.ofHours(1)), false);

        none.offer(desired(KEY, "A", V), this::take);

        assertThat(none.offer(desired(KEY, "A", V), this::take)).isEqualTo(Reception.NEW);
    }

    @Test
    void whatIsRememberedIsWhatWasHandedOverLast() throws Exception {
        int threads = 8;
        List<Fingerprint> order = new ArrayList<>();
        CyclicBarrier start = new CyclicBarrier(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> work = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                int seed = t;
                work.add(pool.submit(() -> {
                    start.await();
                    for (int i = 0; i < 2000; i++) {
                        // The unsynchronised list is safe because one customer's hand-overs never overlap.
                        recent.offer(
                                desired(KEY, "content" + (seed + i) % 3, V), state -> order.add(state.fingerprint()));
                    }
                    return seed;
                }));
            }
            for (Future<?> each : work) {
                each.get();
            }
        } finally {
            pool.shutdown();
        }

        Fingerprint last = order.get(order.size() - 1);
        for (int i = 1; i < order.size(); i++) {
            assertThat(order.get(i))
                    .as("hand-over %d repeats the one before", i)
                    .isNotEqualTo(order.get(i - 1));
        }
        for (String content : List.of("content0", "content1", "content2")) {
            if (Fingerprint.of(content).equals(last)) {
                assertThat(offer(content, V)).isEqualTo(Reception.SUPPRESSED);
            }
        }
    }

    @Test
    void refusesSettingsByTheirName() {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> new RecentSettings(-1, Duration.ofHours(1)))
                .withMessageStartingWith("recent.max-size ");
        for (Duration wrong : List.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofSeconds(Long.MAX_VALUE))) {
            assertThatExceptionOfType(InvalidSettingException.class)
                    .isThrownBy(() -> new RecentSettings(1, wrong))
                    .withMessageStartingWith("recent.ttl ");
        }
    }

    private RecentUpserts recent(RecentSettings settings, boolean shared) {
        return new RecentUpserts(settings, shared, nanos::get);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private Reception offer(String content, long version) {
        return recent.offer(desired(KEY, content, version), this::take);
    }

    private boolean take(Desired desired) {
        return handedOver.add(desired.payload());
    }

    private static Desired desired(CustomerKey key, String content, long version) {
        return new Desired(key, content, Fingerprint.of(content), version, Origin.LIVE, Instant.ofEpochMilli(V));
    }
}
