package io.yotposync.readback;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.yotposync.CapturedLog;
import io.yotposync.outbox.Desired;
import io.yotposync.outbox.LaneLease;
import io.yotposync.outbox.Origin;
import io.yotposync.payload.Fingerprint;
import io.yotposync.readback.ReadBackReport.Result;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** When Yotpo is asked at all. */
class ReadBackSamplesTest extends ReadBackScene {

    @Test
    void aSampleComesRoundGoesOnWhereItEndedAndWaitsForLiveWork() {
        IntStream.rangeClosed(1, 3)
                .forEach(id -> acknowledged(String.valueOf(id), "\"external_id\":\"" + id + "\"," + ADA));
        ReadBackSettings hourly = new ReadBackSettings(Duration.ofHours(1), 2, false, Duration.ofSeconds(60));
        ReadBack readBack = readBack(Duration.ofHours(1), hourly);
        readBack.run(List.of(store), scans.all(), SENT);
        assertThat(asked).isEmpty();

        readBack.run(List.of(store), scans.all(), SENT.plus(Duration.ofHours(1)));
        assertThat(asked.get(0).values()).containsExactly("1", "2");
        asked.clear();
        readBack.run(List.of(store), scans.all(), SENT.plus(Duration.ofHours(2)));
        assertThat(asked.get(0).values()).containsExactly("3");
        asked.clear();

        outbox.upsert(
                List.of(new Desired(
                        new CustomerKey(store.key(), "9"), body(ADA), Fingerprint.of("9"), 1, Origin.LIVE, SENT)),
                SENT);
        readBack.run(List.of(store), scans.all(), SENT.plus(Duration.ofHours(3)));
        assertThat(asked).isEmpty();
    }

    @Test
    void aSampleTellsHowManyAreWrongAndAtDebugLevelWho() throws Exception {
        acknowledged("1", "\"external_id\":\"1\"," + ADA);
        acknowledged("2", "\"external_id\":\"2\"," + ADA);
        acknowledged("3", "\"external_id\":\"3\"," + ADA);
        shows("external_id=1", "\"external_id\":\"1\"," + ADA);
        shows("external_id=2", "\"external_id\":\"2\",\"first_name\":\"Canary\",\"gender\":\"F\"");
        ReadBack readBack = readBack(
                Duration.ofHours(1), new ReadBackSettings(Duration.ofHours(1), 9, false, Duration.ofSeconds(60)));
        readBack.run(List.of(store), scans.all(), SENT);

        try (CapturedLog log = new CapturedLog("io.yotposync", Level.DEBUG)) {
            readBack.run(List.of(store), scans.all(), SENT.plus(Duration.ofHours(1)));

            assertThat(log.lines(Level.WARN))
                    .containsExactly(
                            "Yotpo sync: of 3 customers read back from store default, 1 are missing and 1 differ");
            assertThat(log.lines(Level.DEBUG))
                    .containsExactlyInAnyOrder(
                            "Yotpo sync: customer 2 read back from store default is DRIFTED: [first_name]",
                            "Yotpo sync: customer 3 read back from store default is MISSING: []");
        }
    }

    @Test
    void restartsNeitherPutASampleOffNorLetItBeginAnew() {
        IntStream.rangeClosed(1, 3)
                .forEach(id -> acknowledged(String.valueOf(id), "\"external_id\":\"" + id + "\"," + ADA));
        ReadBackSettings hourly = new ReadBackSettings(Duration.ofHours(1), 2, false, Duration.ofSeconds(60));
        for (int half = 0; half < 2; half++) {
            Instant now = SENT.plus(Duration.ofMinutes(30L * half));
            readBack(Duration.ofHours(1), hourly).run(List.of(store), scans.all(), now);
            assertThat(asked).isEmpty();
        }

        readBack(Duration.ofHours(1), hourly).run(List.of(store), scans.all(), SENT.plus(Duration.ofHours(1)));
        assertThat(asked.get(0).values()).containsExactly("1", "2");
        asked.clear();
        readBack(Duration.ofHours(1), hourly).run(List.of(store), scans.all(), SENT.plus(Duration.ofHours(2)));
        assertThat(asked.get(0).values()).containsExactly("3");
        asked.clear();
        readBack(Duration.ofHours(1), hourly).run(List.of(store), scans.all(), SENT.plus(Duration.ofHours(3)));
        assertThat(asked.get(0).values()).containsExactly("1", "2");
    }

    static Stream<UnaryOperator<StoreState>> notNow() {
        return Stream.of(
                state -> state.pausedFor("test"),
                state -> state.heldFor("401", SENT),
                state -> state.waitingUntil(SENT.plus(Duration.ofSeconds(62))));
    }

    @ParameterizedTest
    @MethodSource("notNow")
    void aStoreThatIsPausedHeldOrWaitsIsNotAsked(UnaryOperator<StoreState> change) {
        acknowledged("1", "\"external_id\":\"1\"," + ADA);
        states.update(store.key(), change);

        assertThat(check("1").result()).isEqualTo(Result.NOT_ASKED);
        assertThat(asked).isEmpty();
    }

    @Test
    void asSoonAsTheStoreIsPausedNothingMoreIsAsked() throws Exception {
        IntStream.rangeClosed(1, 12)
                .forEach(id -> acknowledged(String.valueOf(id), "\"external_id\":\"" + id + "\"," + ADA));
        shows("external_id=1", "\"external_id\":\"1\"," + ADA);
        pausedByTheFirstRequest = true;

        ReadBackReport report = readBack(Duration.ofSeconds(61), ReadBackSettings.DEFAULTS)
                .check(
                        store,
                        IntStream.rangeClosed(1, 12).mapToObj(String::valueOf).toList());

        assertThat(asked).hasSize(1);
        assertThat(report.count(Result.EQUAL)).isEqualTo(1);
        assertThat(report.count(Result.NOT_ASKED)).isEqualTo(11);
    }

    @Test
    void aSampleIsTakenWhereNoOtherNodeSendsAndNeverBesideOne() {
        acknowledged("1", "\"external_id\":\"1\"," + ADA);
        Instant due = SENT.plus(Duration.ofHours(1));
        ReadBack readBack = readBack(
                Duration.ofHours(1), new ReadBackSettings(Duration.ofHours(1), 2, false, Duration.ofSeconds(60)));
        readBack.run(List.of(store), scans.all(), SENT);
        LaneLease others =
                outbox.lease(store.key(), "other", Duration.ofMinutes(1), due).orElseThrow();

        readBack.run(List.of(store), scans.all(), due);
        assertThat(asked).isEmpty();

        outbox.release(others);
        readBack.run(List.of(store), scans.all(), due);
        assertThat(asked).isNotEmpty();
        assertThat(outbox.lease(store.key(), "other", Duration.ofMinutes(1), due))
                .isEmpty();
    }

    @Test
    void aSampleWaitsUntilAPausedStoreGoesOn() {
        acknowledged("1", "\"external_id\":\"1\"," + ADA);
        Instant due = SENT.plus(Duration.ofHours(1));
        ReadBack readBack = readBack(
                Duration.ofHours(1), new ReadBackSettings(Duration.ofHours(1), 2, false, Duration.ofSeconds(60)));
        readBack.run(List.of(store), scans.all(), SENT);
        states.update(store.key(), state -> state.pausedFor("test"));

        readBack.run(List.of(store), scans.all(), due);
        assertThat(asked).isEmpty();

        states.update(store.key(), StoreState::resumed);
        readBack.run(List.of(store), scans.all(), due);
        assertThat(asked).isNotEmpty();
    }
}
