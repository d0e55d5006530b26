package io.yotposync.operator;

import static io.yotposync.operator.OneShop.DEFAULT;
import static io.yotposync.operator.OneShop.EU;
import static io.yotposync.operator.OneShop.OPERATOR;
import static io.yotposync.operator.OneShop.T0;
import static io.yotposync.operator.OneShop.customer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.groups.Tuple.tuple;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.yotposync.outbox.Completion;
import io.yotposync.outbox.FailureClass;
import io.yotposync.outbox.LedgerRow;
import io.yotposync.outbox.LedgerStatus;
import io.yotposync.payload.Fingerprint;
import io.yotposync.readback.ReadBackReport.Checked;
import io.yotposync.readback.ReadBackReport.Result;
import io.yotposync.scan.Erasure;
import io.yotposync.scan.Preview;
import io.yotposync.scan.ScanStatus;
import io.yotposync.store.StoreKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlsTest {

    private final OneShop shop = new OneShop();
    private final Controls controls = shop.controls();

    @Test
    void switchesAStoreOnAndOff() {
        controls.enable(EU, OPERATOR);
        assertThat(shop.stores.state(EU).enabled()).isTrue();

        controls.disable(EU, OPERATOR);
        assertThat(shop.stores.state(EU).enabled()).isFalse();
    }

    @Test
    void pausesForTheOperatorsReasonOrName() {
        controls.pause(DEFAULT, OPERATOR);
        assertThat(shop.stores.state(DEFAULT).pauseReason()).isEqualTo("because");

        controls.resume(DEFAULT, OPERATOR);
        assertThat(shop.stores.state(DEFAULT).paused()).isFalse();

        controls.pause(DEFAULT, new By("op", " "));
        assertThat(shop.stores.state(DEFAULT).pauseReason()).isEqualTo("no reason given (op)");

        controls.pause(DEFAULT, new By("op", "stock\u0000\ntake"));
        assertThat(shop.stores.state(DEFAULT).pauseReason()).isEqualTo("stock take");
    }

    /** Controls of text direction make a line read otherwise than it is, and what shows nothing hides in a name. */
    @Test
    void whatOnlyForgesIsTakenOutOfAnOperatorsNameAndReason() {
        controls.pause(
                DEFAULT,
                By.of(
                        "\u202Eo\u200Bp\u0000",
                        "stock\u2066\u2028take\u0085\u00AD now, \u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645"));
        controls.pause(EU, By.of("\u202E", null));

        assertThat(shop.stores.state(DEFAULT).pauseReason())
                .isEqualTo("stock take now, \u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645");
        assertThat(shop.stores.state(EU).pauseReason()).isEqualTo("no reason given (without a name)");
        assertThat(shop.audit.newest(2))
                .extracting(AuditEntry::who, AuditEntry::reason)
                .containsExactly(
                        tuple("without a name", null),
                        tuple("op", "stock take now, \u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645"));
    }

    @Test
    void everythingIsWrittenDownAlsoWhatFailed() {
        controls.pause(DEFAULT, OPERATOR);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> controls.enable(new StoreKey("us"), OPERATOR))
                .withMessageContaining("no store 'us'");

        assertThat(shop.audit.newest(10))
                .extracting(AuditEntry::action, AuditEntry::store, AuditEntry::outcome)
                .containsExactly(
                        tuple("enable", "us", "failed: IllegalArgumentException"),
                        tuple("pause", "default", "Store default is paused; customers are accepted and wait."));
        assertThat(shop.audit.newest(1).get(0))
                .extracting(AuditEntry::who, AuditEntry::reason, AuditEntry::at)
                .containsExactly("op", "because", T0);
    }

    @Test
    void anAuditLogThatCannotBeWrittenKeepsNobodyFromActing() {
        Controls unlogged = new Controls(shop.stores, shop.outbox, CatchUp.absent(), new BrokenLog(), shop.clock);

        unlogged.pause(DEFAULT, OPERATOR);

        assertThat(shop.stores.state(DEFAULT).paused()).isTrue();
    }

    @Test
    void retriesByClass() {
        shop.park("1");
        shop.park("2");

        assertThat(controls.retry(DEFAULT, FailureClass.CONFLICT, null, OPERATOR)
                        .details())
                .containsEntry("customers", 0);
        assertThat(controls.retry(null, FailureClass.VALIDATION, null, OPERATOR).details())
                .containsEntry("customers", 2);
        assertThat(shop.audit.newest(1).get(0).outcome())
                .isEqualTo("2 customers are tried again, of those refused as VALIDATION.");
        assertThat(status("1")).isEqualTo(LedgerStatus.PENDING);
    }

    @Test
    void retriesOne() {
        shop.park("1");
        shop.park("2");

        assertThat(controls.retry(DEFAULT, null, "2", OPERATOR).message()).isEqualTo("1 customer is tried again.");
        assertThat(status("1")).isEqualTo(LedgerStatus.PARKED);
    }

    @Test
    void retryingInAStoreThatIsNotThereIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> controls.retry(new StoreKey("us"), null, null, OPERATOR));
    }

    @Test
    void resendsWhatWaitsAtOnce() {
        shop.save("1", "A");
        shop.answer(claim -> new Completion.RetryAt(claim, T0.plusSeconds(600), true, OneShop.OUTAGE));
        shop.clock.forward(Duration.ofSeconds(1));

        assertThat(controls.resend(customer("1"), OPERATOR).message()).isEqualTo("It is sent once more.");
        assertThat(shop.outbox.find(customer("1")).map(LedgerRow::nextAttemptAt))
                .contains(T0.plusSeconds(1));
    }

    @Test
    void saysWhatAResendWaitsFor() {
        shop.save("1", "A");
        shop.stores.pause(OneShop.DEFAULT, "maintenance");
        assertThat(controls.resend(customer("1"), OPERATOR).message())
                .isEqualTo("It is sent once more when store default is resumed.");

        shop.stores.disable(OneShop.DEFAULT);
        assertThat(controls.resend(customer("1"), OPERATOR).message())
                .isEqualTo("It is sent once more when store default is switched on.");
    }

    @Test
    void whatWasRefusedIsReadFromTheShopAgainBeforeItIsResent() {
        shop.park("1");
        CatchUp catchUp = mock(CatchUp.class);
        doAnswer(call -> {
                    shop.save("1", "corrected");
                    return true;
                })
                .when(catchUp)
                .resend(customer("1"));

        new Controls(shop.stores, shop.outbox, catchUp, shop.audit, shop.clock).resend(customer("1"), OPERATOR);

        assertThat(shop.outbox.find(customer("1")).map(LedgerRow::desired)).contains(Fingerprint.of("corrected"));
        assertThat(status("1")).isEqualTo(LedgerStatus.PENDING);
    }

    @Test
    void whatWasRefusedAndIsNoLongerInTheShopIsNotResent() {
        shop.park("1");
        Controls reading = new Controls(shop.stores, shop.outbox, mock(CatchUp.class), shop.audit, shop.clock);

        assertThat(reading.resend(customer("1"), OPERATOR).message()).contains("no such customer for store default");
        assertThat(status("1")).isEqualTo(LedgerStatus.PARKED);
    }

    @Test
    void whoCannotBeReadIsNotTakenForOneWhoIsNotThere() {
        CatchUp catchUp = mock(CatchUp.class);
        Controls reading = new Controls(shop.stores, shop.outbox, catchUp, shop.audit, shop.clock);
        when(catchUp.unreadable(customer("1"))).thenReturn("java.lang.IllegalStateException");
        shop.park("1");
        String message = "Nothing was sent: the customer cannot be read (java.lang.IllegalStateException)."
                + " What was kept of a refused one is sent by retry.";

        assertThat(reading.resend(customer("1"), OPERATOR).message()).isEqualTo(message); // read as half of one
        when(catchUp.resend(customer("1"))).thenThrow(new IllegalStateException("canary"));
        assertThat(reading.resend(customer("1"), OPERATOR).message()).isEqualTo(message);
        assertThat(status("1")).isEqualTo(LedgerStatus.PARKED);
    }

    @Test
    void whatWasRefusedIsResentAsItWasKeptWhereTheShopCannotBeRead() {
        shop.park("1");

        assertThat(controls.resend(customer("1"), OPERATOR).message()).isEqualTo("It is sent once more.");
        assertThat(status("1")).isEqualTo(LedgerStatus.PENDING);
    }

    @Test
    void saysThatThereIsNobodyToResend() {
        Controls reading = new Controls(shop.stores, shop.outbox, mock(CatchUp.class), shop.audit, shop.clock);

        assertThat(reading.resend(customer("9"), OPERATOR).message()).contains("no such customer for store default");
    }

    @Test
    void whatIsInSyncIsResentByTheHostsSource() {
        shop.save("1", "A");
        shop.answer(claim -> new Completion.Acknowledged(claim, null));

        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> controls.resend(customer("1"), OPERATOR))
                .withMessageContaining("no customer source");
    }

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
        Controls scanning = new Controls(shop.stores, shop.outbox, catchUp, shop.audit, shop.clock);

        assertThat(scanning.proceed(DEFAULT, "sweep", OPERATOR).message())
                .isEqualTo("The sweep of store default does not ask, it is DONE; nothing was done.");
        assertThat(shop.audit.newest(1))
                .extracting(AuditEntry::outcome)
                .containsExactly("The sweep of store default does not ask, it is DONE; nothing was done.");
        assertThat(scanning.startOver(DEFAULT, "backfill", OPERATOR).message())
                .isEqualTo("The backfill of store default does not ask, it is DONE; nothing was done."
                        + " start-backfill begins one that is done.");
    }

    @Test
    void aScanThatAskedGoesOnOrBeginsAnew() {
        CatchUp catchUp = mock(CatchUp.class);
        CatchUp.Answer heeded =
                new CatchUp.Answer(true, new Scans.Progress(ScanStatus.RUNNING, 0, -1, T0, null, 1, Map.of()));
        when(catchUp.proceed(DEFAULT, "sweep")).thenReturn(heeded);
        when(catchUp.startOver(DEFAULT, "sweep")).thenReturn(heeded);
        Controls scanning = new Controls(shop.stores, shop.outbox, catchUp, shop.audit, shop.clock);

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
        DRIFTED        | Yotpo was asked, and has it otherwise: send it once more.
        TOO_EARLY      | Yotpo was not asked
        NOT_COMPARABLE | There is nothing to compare with
        NO_ANSWER      | Yotpo did not answer.
        """)
    void aReadBackSaysWhetherYotpoWasAsked(Result result, String message) {
        CatchUp catchUp = mock(CatchUp.class);
        when(catchUp.readBack(customer("1"))).thenReturn(new Checked("1", result, Set.of(), false));
        Controls reading = new Controls(shop.stores, shop.outbox, catchUp, shop.audit, shop.clock);

        assertThat(reading.readBack(customer("1"), OPERATOR).message()).startsWith(message);
        assertThat(shop.audit.newest(1).get(0).outcome()).startsWith(message);
    }

    @Test
    void aReadBackThatIsNotMadeSaysWhatStandsInItsWay() {
        CatchUp catchUp = mock(CatchUp.class);
        when(catchUp.readBack(customer("1"))).thenReturn(new Checked("1", Result.NOT_ASKED, Set.of(), false));
        Controls reading = new Controls(shop.stores, shop.outbox, catchUp, shop.audit, shop.clock);

        assertThat(reading.readBack(customer("1"), OPERATOR).message())
                .isEqualTo("Yotpo was not asked: the store waits as Yotpo wished.");
        reading.pause(DEFAULT, OPERATOR);
        assertThat(reading.readBack(customer("1"), OPERATOR).message())
                .isEqualTo("Yotpo was not asked: the store is paused.");
    }

    @Test
    void whatIsRevealedIsWrittenDownFirst() {
        Preview.Previewed shown = showing(shop.audit).reveal(customer("1"), null, OPERATOR);

        assertThat(shown.masked()).isFalse();
        assertThat(shown).asString().doesNotContain("canary");
        assertThat(shop.audit.newest(1))
                .extracting(AuditEntry::action, AuditEntry::customer, AuditEntry::reason, AuditEntry::outcome)
                .containsExactly(tuple("reveal", "1", "because", "shown in the clear"));
    }

    @Test
    void whoMustNotSeeItDoesNotAndTheAttemptIsWrittenDown() {
        assertThatExceptionOfType(RevealRefusedException.class)
                .isThrownBy(() -> showing(shop.audit).reveal(customer("1"), "you lack the authority", OPERATOR))
                .withMessage("you lack the authority");

        assertThat(shop.audit.newest(1)).extracting(AuditEntry::outcome).containsExactly("refused");
    }

    @Test
    void nothingIsRevealedThatCannotBeWrittenDown() {
        Controls unlogged = showing(new BrokenLog());

        assertThatIllegalStateException().isThrownBy(() -> unlogged.reveal(customer("1"), null, OPERATOR));
    }

    @Test
    void anErasureIsWrittenDownWithWhatWasDoneInEachStore() {
        Done done = controls.erase("1", erasure(receipt(Erasure.Deed.DISABLING, "ask Yotpo")), OPERATOR);

        assertThat(done.message()).isEqualTo("By store: eu DISABLING; the receipts say what is left to ask of Yotpo.");
        assertThat(done.details()).containsOnlyKeys("receipts");
        assertThat(shop.audit.newest(1))
                .extracting(AuditEntry::action, AuditEntry::store, AuditEntry::customer, AuditEntry::outcome)
                .containsExactly(tuple("erase", null, "1", done.message()));
    }

    @Test
    void anErasureThatFailsIsWrittenDownToo() {
        Erasure failing = mock(Erasure.class);
        when(failing.erase("1")).thenThrow(new IllegalStateException("the storage is away"));

        assertThatIllegalStateException().isThrownBy(() -> controls.erase("1", failing, OPERATOR));

        assertThat(shop.audit.newest(1))
                .extracting(AuditEntry::outcome)
                .containsExactly("failed: IllegalStateException");
    }

    @Test
    void anErasureSaysWhetherAnyStoreKnewTheCustomerAndWhetherSomethingIsLeft() {
        assertThat(controls.erase("1", erasure(), OPERATOR).message()).isEqualTo("No store knows this customer.");
        assertThat(controls.erase("1", erasure(receipt(Erasure.Deed.PURGED, "")), OPERATOR)
                        .message())
                .isEqualTo("By store: eu PURGED.");
    }

    private static Erasure erasure(Erasure.Receipt... receipts) {
        Erasure erasure = mock(Erasure.class);
        when(erasure.erase("1")).thenReturn(List.of(receipts));
        return erasure;
    }

    private static Erasure.Receipt receipt(Erasure.Deed done, String left) {
        return new Erasure.Receipt("eu", done, "email", Set.of("email"), T0, null, left);
    }

    /** Of a host that shows customers. */
    private Controls showing(AuditLog audit) {
        CatchUp catchUp = mock(CatchUp.class);
        when(catchUp.preview(customer("1"), false))
                .thenReturn(new Preview.Previewed(
                        "1",
                        "default",
                        false,
                        Preview.Decision.WOULD_SEND,
                        null,
                        "email",
                        "canary@example.com",
                        null,
                        null));
        return new Controls(shop.stores, shop.outbox, catchUp, audit, shop.clock);
    }

    @Test
    void theLogForgetsTheOldest() {
        for (int i = 0; i < 12; i++) {
            shop.audit.add(new AuditEntry(T0, "op", "a" + i, null, null, "line\nbreak", "done"));
        }

        assertThat(shop.audit.newest(100))
                .hasSize(10)
                .first()
                .extracting(AuditEntry::action, AuditEntry::reason)
                .containsExactly("a11", "line break");
    }

    private LedgerStatus status(String id) {
        return shop.outbox.find(customer(id)).orElseThrow().status();
    }

    private static final class BrokenLog implements AuditLog {

        @Override
        public void add(AuditEntry entry) {
            throw new IllegalStateException("no database");
        }

        @Override
        public List<AuditEntry> newest(int limit) {
            return List.of();
        }
    }

    @Test
    void doesNotPromiseWhatTheHostForbids() {
        shop.hostSays = false;

        assertThat(shop.controls().enable(OneShop.DEFAULT, OneShop.OPERATOR).message())
                .isEqualTo("Store default stays off: the shop's administration says so, by the system property"
                        + " yotpo.sync.stores.default.enabled.");
    }
}
