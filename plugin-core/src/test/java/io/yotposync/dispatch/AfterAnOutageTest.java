package io.yotposync.dispatch;

import static io.yotposync.dispatch.Bench.EU;
import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.client.Outcome;
import io.yotposync.observe.SyncListener;
import io.yotposync.outbox.Desired;
import io.yotposync.outbox.Origin;
import io.yotposync.payload.Fingerprint;
import io.yotposync.store.SendingSettings;
import io.yotposync.store.StoreSettings;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** A lane whose breaker has opened; the time in which it stays so is not the test's. */
class AfterAnOutageTest {

    private static final SendingSettings SENDING = SendingSettings.DEFAULTS;

    private final Bench bench = new Bench();
    private final Queue<Answer> answers = new ArrayDeque<>();

    private StoreLane lane(Duration open) {
        StoreBreaker breaker = new StoreBreaker(open, () -> {}, () -> {});
        for (int i = 0; i < StoreBreaker.FAILURES_TO_OPEN; i++) {
            breaker.policy().recordResult(new Outcome.Outage(FakeYotpo.DOWN));
        }
        SyncListener listener = new SyncListener() {};
        LanePorts ports = new LanePorts(
                bench.outbox,
                bench.states,
                bench.yotpo,
                listener,
                bench.threads.clock,
                bench.credentials,
                ClaimPayloads.kept(),
                customer -> outcome -> {});
        RequestGate gate =
                new RequestGate(new AdaptiveRate(0, 0), bench.threads, bench.threads.clock, bench.threads::nanos);
        return new StoreLane(
                StoreSettings.of(EU, Bench.EU_SECRET).withSending(SENDING),
                ports,
                new SendPolicies(SENDING, breaker, gate, bench.threads),
                new LaneReactions(EU, SENDING, ports, () -> 0),
                "node");
    }

    @Test
    void oneCustomerProvesTheStoreAndEachThatYotpoTakesLetsOneMoreGoAtOnce() {
        StoreLane lane = lane(Duration.ZERO);
        for (int i = 1; i <= 5; i++) {
            bench.outbox.upsert(List.of(desired("c" + i)), bench.now());
        }

        fill(lane);
        assertThat(bench.sent()).containsExactly("c1");

        oneIsTaken(lane);
        fill(lane);
        assertThat(bench.yotpo.underWay()).hasSize(2);

        oneIsTaken(lane);
        fill(lane);
        assertThat(bench.yotpo.underWay()).hasSize(3);
    }

    @Test
    void aLaneThatYotpoDoesNotAnswerLooksAgainWhenOneMayGo() {
        StoreLane lane = lane(StoreBreaker.LONGEST_OPEN);
        bench.outbox.upsert(List.of(desired("c1")), bench.now());

        fill(lane);

        assertThat(bench.sent()).isEmpty();
        assertThat(lane.nextWake()).isBetween(bench.now(), bench.now().plus(StoreBreaker.LONGEST_OPEN));
    }

    private Desired desired(String id) {
        return new Desired(
                Bench.key(EU, id), id, Fingerprint.of(id), bench.now().toEpochMilli(), Origin.LIVE, bench.now());
    }

    private void fill(StoreLane lane) {
        lane.fill(bench.now(), Duration.ZERO, answers::add);
        bench.threads.settle();
    }

    /** Yotpo takes whoever is under way for the longest. */
    private void oneIsTaken(StoreLane lane) {
        bench.yotpo.underWay().get(0).outcome().complete(new Outcome.Accepted(200));
        bench.threads.settle();
        Reaction reaction = lane.finish(answers.remove(), bench.now());
        bench.outbox.complete(List.of(reaction.completion()), bench.now());
    }
}
