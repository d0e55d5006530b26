package io.yotposync.operator;

import static io.yotposync.operator.OneShop.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;

import ch.qos.logback.classic.Level;
import io.yotposync.CapturedLog;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import org.mockito.Mockito;

class AuditRetentionTest {

    private final OneShop shop = new OneShop();
    private final ScheduledExecutorService threads = Mockito.mock(ScheduledExecutorService.class);

    @Test
    void whatIsOlderThanItIsKeptIsForgottenAndNothingElse() {
        shop.audit.add(acted("old", T0.minus(Duration.ofDays(401))));
        shop.audit.add(acted("recent", T0.minus(Duration.ofDays(399))));

        Runnable look = look(shop.audit);
        look.run();
        look.run();

        assertThat(shop.audit.newest(10)).extracting(AuditEntry::action).containsExactly("recent");
    }

    @Test
    void theLogSaysHowManyWereForgottenAndNothingOfNone() {
        shop.audit.add(acted("old", T0.minus(Duration.ofDays(401))));
        Runnable look = look(shop.audit);
        try (CapturedLog log = new CapturedLog(AuditRetention.class.getName(), Level.INFO)) {
            look.run();
            assertThat(log.lines()).isEmpty();

            look.run();
            assertThat(log.lines())
                    .containsExactly("Yotpo sync: 1 entries of the audit log were deleted, being older than "
                            + AuditRetention.KEEP);
        }
    }

    @Test
    void aClockThatIsFarAheadForAMomentForgetsNothing() {
        shop.audit.add(acted("recent", T0.minus(Duration.ofDays(1))));
        Runnable look = look(shop.audit);
        Duration ahead = Duration.ofDays(20_000);

        look.run();
        shop.clock.forward(ahead);
        look.run();
        shop.clock.forward(ahead.negated());
        look.run();

        assertThat(shop.audit.newest(10)).extracting(AuditEntry::action).containsExactly("recent");
    }

    @Test
    void aClockThatIsFarAheadAtTheStartForgetsNothing() {
        shop.audit.add(acted("recent", T0.minus(Duration.ofDays(1))));
        Runnable look = look(shop.audit);
        Duration ahead = Duration.ofDays(20_000);

        shop.clock.forward(ahead);
        look.run();
        shop.clock.forward(ahead.negated());
        look.run();

        assertThat(shop.audit.newest(10)).extracting(AuditEntry::action).containsExactly("recent");
    }

    @Test
    void aTableThatCannotBePrunedIsNoReasonToStopTryingLater() {
        AuditLog broken = Mockito.mock(AuditLog.class);
        Mockito.when(broken.forget(any())).thenThrow(new IllegalStateException("no right to delete"));

        Runnable look = look(broken);
        look.run();

        assertThatCode(look::run).doesNotThrowAnyException();
    }

    @Test
    void aHostMayKeepItForEver() {
        new AuditRetention(shop.audit, Duration.ZERO, shop.clock).start(threads);

        Mockito.verifyNoInteractions(threads);
    }

    @Test
    void aLogOfTheHostsOwnNeedNotForget() {
        AuditLog own = new AuditLog() {
            @Override
            public void add(AuditEntry entry) {}

            @Override
            public List<AuditEntry> newest(int limit) {
                return List.of();
            }
        };

        assertThat(own.forget(T0)).isZero();
    }

    @Test
    void aStoppingHostIsLeftInPeace() {
        Mockito.when(threads.scheduleWithFixedDelay(any(), anyLong(), anyLong(), any()))
                .thenThrow(new RejectedExecutionException());

        assertThatCode(() -> new AuditRetention(shop.audit, AuditRetention.KEEP, shop.clock).start(threads))
                .doesNotThrowAnyException();
    }

    private Runnable look(AuditLog log) {
        new AuditRetention(log, AuditRetention.KEEP, shop.clock).start(threads);
        ArgumentCaptor<Runnable> work = ArgumentCaptor.forClass(Runnable.class);
        Mockito.verify(threads).scheduleWithFixedDelay(work.capture(), anyLong(), anyLong(), any());
        return work.getValue();
    }

    private static AuditEntry acted(String action, Instant at) {
        return new AuditEntry(at, "op", action, null, null, null, "done");
    }
}
