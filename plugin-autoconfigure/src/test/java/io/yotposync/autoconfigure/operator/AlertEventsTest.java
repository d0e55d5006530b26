package io.yotposync.autoconfigure.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yotposync.autoconfigure.Hosts;
import io.yotposync.autoconfigure.SyncListeners;
import io.yotposync.operator.Alert;
import io.yotposync.outbox.Failure;
import io.yotposync.outbox.FailureClass;
import io.yotposync.scan.Chore;
import io.yotposync.scan.ScanCounts;
import io.yotposync.scan.ScanJob;
import io.yotposync.scan.ScanPhase;
import io.yotposync.scan.ScanState;
import io.yotposync.scan.ScanStatus;
import io.yotposync.store.StoreKey;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.springframework.context.event.EventListener;

/** What a host's own event listeners hear. */
class AlertEventsTest {

    @Test
    void alertsAreEventsOfTheHostsContext() {
        Hosts.withOneStore().withBean(OnCall.class).run(context -> {
            SyncListeners listeners = context.getBean(SyncListeners.class);
            listeners.all().held(StoreKey.DEFAULT, new Failure(FailureClass.CREDENTIALS, 401, "refused"));
            listeners.all().released(StoreKey.DEFAULT);
            context.getBean("yotpoSyncAskingScans", Chore.class).run(List.of(), List.of(asking()), Instant.EPOCH);

            Queue<Alert> heard = context.getBean(OnCall.class).alerts;
            await().untilAsserted(() -> assertThat(heard)
                    .containsExactly(
                            new Alert.StoreHeld("default", FailureClass.CREDENTIALS, "refused"),
                            new Alert.StoreReleased("default"),
                            new Alert.ScanAsks("default", "sweep", "It would disable 60 of 100 customers")));
        });
    }

    private static ScanState asking() {
        return new ScanState(
                ScanJob.sweep(StoreKey.DEFAULT),
                ScanStatus.ASKING,
                ScanPhase.LEDGER,
                null,
                Instant.EPOCH,
                ScanCounts.NONE,
                "It would disable 60 of 100 customers",
                Instant.EPOCH,
                Instant.EPOCH,
                null);
    }

    static class OnCall {

        final Queue<Alert> alerts = new ConcurrentLinkedQueue<>();

        @EventListener
        void hear(Alert alert) {
            alerts.add(alert);
        }
    }
}
