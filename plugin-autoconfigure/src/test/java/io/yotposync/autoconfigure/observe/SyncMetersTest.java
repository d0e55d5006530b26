package io.yotposync.autoconfigure.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.yotposync.dispatch.LaneStatus;
import io.yotposync.observe.SkipReason;
import io.yotposync.operator.Backlog;
import io.yotposync.operator.CatchUp;
import io.yotposync.operator.LiveLanes;
import io.yotposync.operator.Scans;
import io.yotposync.outbox.Failure;
import io.yotposync.outbox.FailureClass;
import io.yotposync.outbox.HandOver;
import io.yotposync.outbox.HandOverState;
import io.yotposync.outbox.LedgerCounts;
import io.yotposync.outbox.Outbox;
import io.yotposync.scan.ScanStatus;
import io.yotposync.store.Credentials;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreSettings;
import io.yotposync.store.StoreStates;
import io.yotposync.store.StoreSwitch;
import io.yotposync.store.Stores;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What whoever is called at night sees first is so. */
class SyncMetersTest {

    private static final StoreKey DEFAULT = StoreKey.DEFAULT;
    private static final CustomerKey ONE = new CustomerKey(DEFAULT, "1");
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Stores stores = new Stores(List.of(StoreSettings.of(DEFAULT, new Credentials("app-1", "secret-1"))));
    private final StoreSwitch storeSwitch = new StoreSwitch(stores, StoreStates.inMemory());
    private final Outbox outbox = mock(Outbox.class);
    private final HandOver handOver = mock(HandOver.class);
    private final CatchUp catchUp = mock(CatchUp.class);

    @Test
    void everyGaugeShowsItsOwnNumber() {
        when(outbox.counts()).thenReturn(Map.of(DEFAULT, new LedgerCounts(3, 2, 1, NOW.minusSeconds(90))));
        when(handOver.state()).thenReturn(new HandOverState(4, 10, NOW.minusSeconds(5), null));
        when(catchUp.lastKnown(any()))
                .thenReturn(new Scans(
                        new Scans.Progress(ScanStatus.RUNNING, 7, 9, NOW, 2L, 1, Map.of()),
                        null,
                        null,
                        List.of(new Scans.Question("sweep", "It would alter all.", NOW)),
                        NOW));
        storeSwitch.pause(DEFAULT, "stock take");
        bind(store -> new LaneStatus(LaneStatus.Breaker.OPEN, 6, 12, 2.5, 5, null, Duration.ofMillis(1500)));

        assertThat(shown())
                .containsExactly(
                        entry("backfill.done", 7.0),
                        entry("breaker.open", 1.0),
                        entry("customers in_sync", 2.0),
                        entry("customers parked", 1.0),
                        entry("customers pending", 3.0),
                        entry("handover.capacity", 10.0),
                        entry("handover.failing", 5.0),
                        entry("handover.waiting", 4.0),
                        entry("in.flight", 6.0),
                        entry("oldest.pending", 90.0),
                        entry("rate", 2.5),
                        entry("rate.permitted", 5.0),
                        entry("requests", 12.0),
                        entry("scans.asking", 1.0),
                        entry("store.enabled", 1.0),
                        entry("store.held", 0.0),
                        entry("store.paused", 1.0),
                        entry("token.age", 1.5));
    }

    @Test
    void whatIsNotKnownIsNoNumberAndNoZero() {
        when(outbox.counts()).thenThrow(new IllegalStateException("no database"));
        when(handOver.state()).thenReturn(new HandOverState(0, 10, null, null));
        when(catchUp.lastKnown(any())).thenReturn(new Scans(null, null, null, List.of(), NOW));
        storeSwitch.disable(DEFAULT);
        bind(store -> null);

        Map<String, Double> shown = shown();
        assertThat(shown.entrySet().stream()
                        .filter(each -> each.getValue().isNaN())
                        .map(Map.Entry::getKey))
                .containsExactly(
                        "backfill.done",
                        "breaker.open",
                        "customers in_sync",
                        "customers parked",
                        "customers pending",
                        "in.flight",
                        "oldest.pending",
                        "rate",
                        "rate.permitted",
                        "token.age");
        assertThat(shown)
                .contains(
                        entry("handover.failing", 0.0),
                        entry("requests", 0.0),
                        entry("store.enabled", 0.0),
                        entry("scans.asking", 0.0));
    }

    @Test
    void whatHappensIsCountedForWhatItIs() {
        Failure outage = new Failure(FailureClass.OUTAGE, 503, "");
        MeteringListener listener = new MeteringListener(registry, stores);
        assertThat(shown().values()).as("the first one shows as an increase").containsOnly(0.0);

        listener.accepted(ONE);
        listener.suppressed(ONE);
        listener.dropped(ONE);
        listener.skipped(DEFAULT, "1", SkipReason.FAILED);
        listener.delivered(ONE, Duration.ofSeconds(2));
        listener.superseded(ONE);
        listener.retrying(ONE, outage, NOW);
        listener.parked(ONE, new Failure(FailureClass.VALIDATION, 422, ""));
        listener.waiting(DEFAULT, outage, NOW);
        listener.outage(DEFAULT);

        assertThat(shown())
                .containsExactly(
                        entry("accepted", 1.0),
                        entry("delivery", 1.0),
                        entry("dropped", 1.0),
                        entry("outages", 1.0),
                        entry("outcomes none delivered", 1.0),
                        entry("outcomes none superseded", 1.0),
                        entry("outcomes outage retried", 1.0),
                        entry("outcomes validation parked", 1.0),
                        entry("skipped failed", 1.0),
                        entry("suppressed", 1.0),
                        entry("waits", 1.0));
        assertThat(registry.get("yotpo.sync.delivery").timer().mean(TimeUnit.SECONDS))
                .isEqualTo(2);
    }

    private void bind(LiveLanes lanes) {
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        Backlog backlog = new Backlog(outbox, clock, Runnable::run);
        new SyncMeters(stores, () -> new SyncMeters.Sources(storeSwitch, backlog, handOver, lanes, catchUp, clock))
                .bindTo(registry);
        shown(); // only the second look sees what the first one has counted
    }

    /** By name and, where it has more than one, by its labels' values but the store's. */
    private Map<String, Double> shown() {
        Map<String, Double> shown = new TreeMap<>();
        registry.getMeters()
                .forEach(meter ->
                        shown.put(name(meter), meter.measure().iterator().next().getValue()));
        return shown;
    }

    private static String name(Meter meter) {
        return meter.getId().getName().substring(MeteringListener.PREFIX.length())
                + meter.getId().getTags().stream()
                        .filter(tag -> !tag.getKey().equals("store"))
                        .map(tag -> " " + tag.getValue())
                        .collect(Collectors.joining());
    }
}
