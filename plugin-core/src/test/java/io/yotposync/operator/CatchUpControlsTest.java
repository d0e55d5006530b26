package io.yotposync.operator;

import static io.yotposync.operator.OneShop.DEFAULT;
import static io.yotposync.operator.OneShop.OPERATOR;
import static io.yotposync.operator.OneShop.T0;
import static io.yotposync.operator.OneShop.customer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.yotposync.readback.ReadBackReport.Checked;
import io.yotposync.readback.ReadBackReport.Result;
import io.yotposync.scan.ScanStatus;
import io.yotposync.store.StoreKey;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatchUpControlsTest {
    private final OneShop shop = new OneShop();
    private final Controls controls = shop.controls();

    @Test
    void withoutASourceTheCatchUpSaysSo() {
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> controls.startBackfill(DEFAULT, OPERATOR));
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> controls.stopBackfill(DEFAULT, OPERATOR));
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> controls.dryRun(DEFAULT, OPERATOR));
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> controls.proceed(DEFAULT, "backfill", OPERATOR));
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> controls.startOver(DEFAULT, "backfill", OPERATOR));
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> controls.reveal(customer("1"), null, OPERATOR));
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> controls.readBack(customer("1"), OPERATOR));
        assertThat(CatchUp.absent().look(DEFAULT)).isEqualTo(CatchUp.absent().lastKnown(DEFAULT));
        assertThat(CatchUp.absent().look(DEFAULT).questions()).isEmpty();
    }

    @Test
    void aScanThatDoesNotAskIsNotSaidToGoOn() {
        CatchUp catchUp = mock(CatchUp.class);
        Scans.Progress done = new Scans.Progress(ScanStatus.DONE, 3, 3, T0, null, 1, Map.of());
        when(catchUp.proceed(DEFAULT, "sweep")).thenReturn(new CatchUp.Answer(false, done));
        when(catchUp.startOver(DEFAULT, "backfill")).thenReturn(new CatchUp.Answer(false, done));
        Controls scanning = shop.controls(catchUp);

        assertThat(scanning.proceed(DEFAULT, "sweep", OPERATOR).message())
                .isEqualTo("The sweep of store default does not ask, it is DONE; nothing was done.");
        assertThat(shop.audit.newest(1))
                .extracting(AuditEntry::outcome)
                .containsExactly("The sweep of store default does not ask, it is DONE; nothing was done.");
        assertThat(scanning.startOver(DEFAULT, "backfill", OPERATOR).message())
                .isEqualTo("The backfill of store default does not ask, it is DONE; nothing was done."
                        + " start-backfill begins one that is done.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        default | RUNNING | A backfill of store default runs.
        default | ASKING  | The backfill of store default asks; nothing was done. Let it proceed, or start-over.
        eu      | RUNNING | A backfill of store eu runs when the store is switched on.
        """)
    void aBackfillThatWaitsIsNotSaidToRun(String name, ScanStatus state, String message) {
        CatchUp catchUp = mock(CatchUp.class);
        StoreKey store = new StoreKey(name);
        when(catchUp.start(store)).thenReturn(new Scans.Progress(state, 3, 9, T0, null, 1, Map.of()));

        assertThat(shop.controls(catchUp).startBackfill(store, OPERATOR).message())
                .isEqualTo(message);
    }

    @Test
    void aScanOfAStoreThatIsOffIsNotSaidToGoOnAtOnce() {
        CatchUp catchUp = mock(CatchUp.class);
        CatchUp.Answer heeded = heeded(Map.of("CONFIRMED", 1L));
        when(catchUp.proceed(OneShop.EU, "sweep")).thenReturn(heeded);
        when(catchUp.startOver(OneShop.EU, "sweep")).thenReturn(heeded);
        when(catchUp.dryRun(any())).thenReturn(Map.of("state", ScanStatus.RUNNING));
        Controls scanning = shop.controls(catchUp);

        assertThat(scanning.proceed(OneShop.EU, "sweep", OPERATOR).message())
                .isEqualTo("The sweep of store eu goes on when the store is switched on; what it asked is answered"
                        + " until it is done.");
        assertThat(scanning.startOver(OneShop.EU, "sweep", OPERATOR).message())
                .isEqualTo("The sweep of store eu begins anew when the store is switched on; it asks if it would"
                        + " change too much.");
        assertThat(scanning.dryRun(OneShop.EU, OPERATOR).message())
                .isEqualTo("Nothing was sent; it counts when the store is switched on.");
        assertThat(scanning.dryRun(DEFAULT, OPERATOR).message()).isEqualTo("Nothing was sent.");
    }

    private static CatchUp.Answer heeded(Map<String, Long> counts) {
        return new CatchUp.Answer(true, new Scans.Progress(ScanStatus.RUNNING, 0, -1, T0, null, 1, counts));
    }

    @Test
    void aScanThatWasStoppedAndAskedNothingHasNothingAnswered() {
        CatchUp catchUp = mock(CatchUp.class);
        when(catchUp.proceed(DEFAULT, "backfill")).thenReturn(heeded(Map.of()));

        assertThat(shop.controls(catchUp).proceed(DEFAULT, "backfill", OPERATOR).message())
                .isEqualTo("The backfill of store default goes on.");
    }

    @Test
    void aBackfillThatNeverWasIsNotSaidToHaveEnded() {
        CatchUp catchUp = mock(CatchUp.class);
        Scans.Progress stopped = new Scans.Progress(ScanStatus.STOPPED, 3, 9, T0, null, 1, Map.of());
        when(catchUp.stop(DEFAULT)).thenReturn(Scans.Progress.NONE, stopped);
        Controls scanning = shop.controls(catchUp);

        assertThat(scanning.stopBackfill(DEFAULT, OPERATOR).message())
                .isEqualTo("There was no backfill of store default.");
        assertThat(scanning.stopBackfill(DEFAULT, OPERATOR).message())
                .isEqualTo("The backfill of store default has ended.");
    }

    @Test
    void aScanThatAskedGoesOnOrBeginsAnew() {
        CatchUp catchUp = mock(CatchUp.class);
        CatchUp.Answer heeded = heeded(Map.of("CONFIRMED", 1L));
        when(catchUp.proceed(DEFAULT, "sweep")).thenReturn(heeded);
        when(catchUp.startOver(DEFAULT, "sweep")).thenReturn(heeded);
        Controls scanning = shop.controls(catchUp);

        assertThat(scanning.proceed(DEFAULT, "sweep", OPERATOR).message())
                .isEqualTo("The sweep of store default goes on; what it asked is answered until it is done.");
        assertThat(scanning.startOver(DEFAULT, "sweep", OPERATOR))
                .extracting(Done::message, done -> done.details().get("scan"))
                .containsExactly(
                        "The sweep of store default begins anew; it asks if it would change too much.", heeded.scan());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        EQUAL          | Yotpo was asked, and has what it acknowledged.
        MISSING        | Yotpo was asked, and does not have it: send it once more.
        DRIFTED        | Yotpo was asked, and what it has differs: send it once more.
        TOO_EARLY      | Yotpo was not asked: what it acknowledged last is too fresh to be seen, or a newer state waits or was refused.
        NOT_COMPARABLE | There is nothing to compare with
        NO_ANSWER      | Yotpo did not answer, or showed others than the one that it was asked for.
        """)
    void aReadBackSaysWhetherYotpoWasAsked(Result result, String message) {
        CatchUp catchUp = mock(CatchUp.class);
        when(catchUp.readBack(customer("1"))).thenReturn(new Checked("1", result, Set.of(), false));
        Controls reading = shop.controls(catchUp);

        assertThat(reading.readBack(customer("1"), OPERATOR).message()).startsWith(message);
        assertThat(shop.audit.newest(1).get(0).outcome()).startsWith(message);
    }

    @Test
    void aReadBackThatIsNotMadeSaysWhatStandsInItsWay() {
        CatchUp catchUp = mock(CatchUp.class);
        when(catchUp.readBack(customer("1"))).thenReturn(new Checked("1", Result.NOT_ASKED, Set.of(), false));
        Controls reading = shop.controls(catchUp);

        assertThat(reading.readBack(customer("1"), OPERATOR).message())
                .isEqualTo("Yotpo was not asked: the store waits as Yotpo wished.");
        reading.pause(DEFAULT, OPERATOR);
        assertThat(reading.readBack(customer("1"), OPERATOR).message())
                .isEqualTo("Yotpo was not asked: the store is paused.");
    }
}
