package io.yotposync.dispatch;

import static io.yotposync.dispatch.Bench.EU;
import static io.yotposync.dispatch.Bench.US;
import static io.yotposync.dispatch.OutboxHook.before;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.yotposync.CapturedLog;
import io.yotposync.client.Outcome;
import io.yotposync.client.Outcome.Accepted;
import io.yotposync.outbox.LedgerStatus;
import io.yotposync.outbox.Outbox;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreState;
import io.yotposync.store.StoreStates;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Storage that fails for a while. */
class StorageFaultsTest {

    @Test
    void answersAreKeptWhileTheOutboxFails() {
        boolean[] on = {false};
        Bench failing = new Bench(failing("complete", on), StoreStates.inMemory());
        failing.yotpo.accept();
        failing.start();
        on[0] = true;
        failing.save(EU, "c1", "a");
        failing.threads.advance(Duration.ofSeconds(20));
        assertThat(failing.row(EU, "c1").status()).isEqualTo(LedgerStatus.PENDING);
        assertThat(failing.told).isEmpty();

        on[0] = false;
        failing.threads.advance(Duration.ofSeconds(1));
        assertThat(failing.row(EU, "c1").status()).isEqualTo(LedgerStatus.IN_SYNC);
        assertThat(failing.sent()).hasSize(1);
    }

    @Test
    void claimsThatFailAreTriedAgain() {
        boolean[] on = {true};
        Bench failing = new Bench(failing("claim", on), StoreStates.inMemory());
        failing.yotpo.accept();
        failing.save(EU, "c1", "a");
        failing.start();
        failing.threads.advance(Duration.ofSeconds(3));
        assertThat(failing.sent()).isEmpty();

        on[0] = false;
        failing.threads.advance(Duration.ofSeconds(1));
        assertThat(failing.sent()).hasSize(1);
    }

    @Test
    void theLogSaysWhichStateTheDatabaseGave() {
        Bench failing = new Bench(failing("claim", new boolean[] {true}), StoreStates.inMemory());
        failing.save(EU, "c1", "a");
        try (CapturedLog log = new CapturedLog(Dispatcher.class.getName())) {
            failing.start();

            assertThat(log.lines())
                    .containsExactly("Yotpo sync: the outbox cannot be used at the moment:"
                            + " java.lang.IllegalStateException, SQL state 57P01");
        }
    }

    @Test
    void theLogSaysOnceThatTheOutboxFailsAndThatItWorksAgain() {
        boolean[] on = {true};
        Bench failing = new Bench(failing("claim", on), StoreStates.inMemory());
        failing.save(EU, "c1", "a");
        try (CapturedLog log = new CapturedLog(Dispatcher.class.getName(), Level.INFO)) {
            failing.start();
            failing.threads.advance(Duration.ofSeconds(5));
            assertThat(log.lines()).hasSize(1);

            on[0] = false;
            failing.threads.advance(Duration.ofSeconds(5));
            assertThat(log.lines()).hasSize(2).last().isEqualTo("Yotpo sync: the outbox works again");
        }
    }

    /** An outbox whose named method fails while the switch is on. */
    private static UnaryOperator<Outbox> failing(String method, boolean[] on) {
        Runnable fault = () -> {
            if (on[0]) {
                throw new IllegalStateException(new SQLException("the database is gone", "57P01"));
            }
        };
        return real -> before(method, fault, real);
    }

    @Test
    void aStoreWhoseStateCannotBeWrittenSendsNothingAndDelaysNobody() {
        FailingStates states = new FailingStates();
        Bench failing = new Bench(outbox -> outbox, states);
        failing.yotpo.answer(
                send -> send.store().equals(EU) ? new Outcome.Unauthorized(FakeYotpo.REJECTED) : new Accepted(200));
        failing.start();
        states.on = true;
        failing.save(EU, "c1", "a");
        failing.threads.advance(Duration.ofSeconds(10));
        failing.save(US, "x", "a");
        failing.threads.advance(Duration.ofSeconds(1));
        assertThat(failing.sent()).containsExactly("c1=a", "x=a");
        assertThat(failing.told).containsExactly("delivered us/x");

        states.on = false;
        failing.threads.advance(Duration.ofSeconds(1));
        assertThat(failing.states.get(EU).held()).isNotNull();
        assertThat(failing.told).containsExactly("delivered us/x", "held eu");
    }

    /** States whose changes fail for one store while the switch is on. */
    private static final class FailingStates implements StoreStates {

        private final StoreStates real = StoreStates.inMemory();
        private boolean on;

        @Override
        public StoreState get(StoreKey store) {
            return real.get(store);
        }

        @Override
        public StoreState update(StoreKey store, UnaryOperator<StoreState> change) {
            if (on && store.equals(EU)) {
                throw new IllegalStateException("the database is gone");
            }
            return real.update(store, change);
        }

        @Override
        public void refresh() {
            real.refresh();
        }
    }
}
