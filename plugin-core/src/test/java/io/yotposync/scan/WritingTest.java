package io.yotposync.scan;

import static io.yotposync.scan.ScanShop.ids;
import static io.yotposync.scan.ScanShop.upTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;

import io.yotposync.outbox.Desired;
import io.yotposync.outbox.Outbox;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import org.junit.jupiter.api.Test;

/** A customer whom the database cannot hold. */
class WritingTest {

    private final ScanShop shop = new ScanShop();

    @Test
    void isPassedOverAndCounted() {
        shop.settings = shop.settings.withPace(new ScanSettings.Pace(4, Duration.ZERO, 1000));
        Scanner node = backfilling("22P05");

        shop.run(node);

        assertThat(shop.backfill().status()).isEqualTo(ScanStatus.DONE);
        assertThat(shop.backfill().counts().of(Tally.SKIPPED_FAILED)).isEqualTo(1);
        assertThat(shop.backfill().counts().of(Tally.ENQUEUED)).isEqualTo(5);
        assertThat(ids(shop.sendLater())).containsExactlyInAnyOrder("1", "2", "4", "5", "6");
    }

    @Test
    void isPassedOverThoughNobodyElseIsToBeWritten() {
        shop.settings = shop.settings.withPace(new ScanSettings.Pace(1, Duration.ZERO, 1000));
        Scanner node = backfilling("22001");

        shop.run(node);

        assertThat(shop.backfill().status()).isEqualTo(ScanStatus.DONE);
        assertThat(shop.backfill().counts().of(Tally.SKIPPED_FAILED)).isEqualTo(1);
    }

    @Test
    void isNotTakenForOneWhereItIsTheDatabaseThatFails() {
        Scanner node = backfilling("53100");

        shop.run(node);

        assertThat(shop.backfill().isRunning()).isTrue();
        assertThat(shop.backfill().lastId()).isEqualTo("2");
        assertThat(ids(shop.sendLater())).containsExactlyInAnyOrderElementsOf(upTo(2));
    }

    /** Six customers, of whom the third cannot be written. */
    private Scanner backfilling(String state) {
        shop.have(6);
        shop.outbox = mock(Outbox.class, delegatesTo(shop.outbox));
        doThrow(new IllegalStateException(new SQLException("not to be told", state)))
                .when(shop.outbox)
                .upsert(argThat(WritingTest::hasTheThird), any());
        Scanner node = shop.node("a");
        shop.backfills().start(ScanShop.STORE);
        return node;
    }

    private static boolean hasTheThird(Collection<Desired> states) {
        return states != null
                && states.stream().anyMatch(state -> state.key().customerId().equals("3"));
    }
}
