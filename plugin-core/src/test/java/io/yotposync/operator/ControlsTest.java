package io.yotposync.operator;

import static io.yotposync.operator.OneShop.DEFAULT;
import static io.yotposync.operator.OneShop.EU;
import static io.yotposync.operator.OneShop.OPERATOR;
import static io.yotposync.operator.OneShop.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.groups.Tuple.tuple;
import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import ch.qos.logback.classic.Level;
import io.yotposync.CapturedLog;
import io.yotposync.outbox.Completion;
import io.yotposync.outbox.Desired;
import io.yotposync.outbox.FailureClass;
import io.yotposync.outbox.LaneLease;
import io.yotposync.outbox.LedgerQuery;
import io.yotposync.outbox.LedgerStatus;
import io.yotposync.outbox.Origin;
import io.yotposync.outbox.Outbox;
import io.yotposync.payload.Fingerprint;
import io.yotposync.store.Credentials;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreSettings;
import io.yotposync.store.StoreSwitch;
import io.yotposync.store.Stores;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;

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
    void doesNotPromiseWhatTheHostForbids() {
        shop.hostSays = false;

        assertThat(shop.controls().enable(OneShop.DEFAULT, OneShop.OPERATOR).message())
                .isEqualTo(
                        "Store default stays off: the shop's administration says so (on Broadleaf: the system property"
                                + " yotpo.sync.stores.default.enabled).");
    }

    @Test
    void aResumedStoreIsSaidToSendOnlyWhereItDoes() {
        assertThat(controls.resume(DEFAULT, OPERATOR).message())
                .isEqualTo("Store default is resumed; what waits is sent.");
        assertThat(controls.resume(OneShop.EU, OPERATOR).message())
                .isEqualTo("Store eu is resumed; what waits is sent when store eu is switched on.");

        shop.states.update(DEFAULT, state -> state.heldFor("the secret is refused", OneShop.T0.plusSeconds(60)));
        assertThat(controls.resume(DEFAULT, OPERATOR).message())
                .isEqualTo("Store default is resumed; what waits is sent when store default is no longer held.");
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

    /** It has what the audit log cannot have while the database is away. */
    @Test
    void theLogSaysTooWhatAnOperatorDidAndWhatCameOfIt() {
        try (CapturedLog log = new CapturedLog("io.yotposync", Level.INFO)) {
            controls.pause(DEFAULT, OPERATOR);
            controls.retry(null, null, "2", OPERATOR);

            assertThat(log.lines())
                    .containsExactly(
                            "Yotpo sync: pause by an operator, store default, customer all: Store default is paused;"
                                    + " customers are accepted and wait.",
                            "Yotpo sync: retry by an operator, store all, customer 2: 0 customers are tried again.");
        }
    }

    @Test
    void anAuditLogThatCannotBeWrittenKeepsNobodyFromActing() {
        Controls unlogged = shop.controls(CatchUp.absent(), new OneShop.BrokenLog());

        unlogged.pause(DEFAULT, OPERATOR);

        assertThat(shop.stores.state(DEFAULT).paused()).isTrue();
    }

    @Test
    void anAuditLogOfTheHostsThatLacksAClassKeepsNobodyFromActingEither() {
        AuditLog log = mock(AuditLog.class);
        doThrow(new NoClassDefFoundError("its driver")).when(log).add(any());

        Done done = shop.controls(CatchUp.absent(), log).pause(DEFAULT, OPERATOR);

        assertThat(done.message()).contains("is paused");
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
        assertThat(shop.status("1")).isEqualTo(LedgerStatus.PENDING);
    }

    @Test
    void retriesOne() {
        shop.park("1");
        shop.park("2");

        assertThat(controls.retry(DEFAULT, null, "2", OPERATOR).message()).isEqualTo("1 customer is tried again.");
        assertThat(shop.status("1")).isEqualTo(LedgerStatus.PARKED);
    }

    @Test
    void retriesOneStoreAndLeavesTheOthers() {
        shop.park("1");

        assertThat(controls.retry(EU, null, null, OPERATOR).details()).containsEntry("customers", 0);
        assertThat(shop.status("1")).isEqualTo(LedgerStatus.PARKED);
    }

    @Test
    void whoIsRetriedIsSaidToBeSentOnlyWhereTheStoreSends() {
        shop.park("1");
        controls.pause(DEFAULT, OPERATOR);

        assertThat(controls.retry(DEFAULT, FailureClass.VALIDATION, null, OPERATOR)
                        .message())
                .isEqualTo("1 customer is tried again when store default is resumed, of those refused as VALIDATION.");
        assertThat(controls.retry(EU, null, null, OPERATOR).message())
                .isEqualTo("0 customers are tried again when store eu is switched on.");
    }

    @Test
    void manyAreTriedAgainWithoutReadingThoseOfTheRoundsBeforeAnew() {
        Outbox outbox = mock(Outbox.class, delegatesTo(Outbox.inMemory(2500)));
        park(outbox, 2500);

        Done done = new Controls(shop.stores, outbox, CatchUp.absent(), shop.audit, shop.clock)
                .retry(DEFAULT, null, null, OPERATOR);

        assertThat(done.details()).containsEntry("customers", 2500);
        ArgumentCaptor<LedgerQuery> rounds = ArgumentCaptor.forClass(LedgerQuery.class);
        verify(outbox, times(3)).requeue(rounds.capture(), any());
        assertThat(rounds.getAllValues())
                .extracting(LedgerQuery::after)
                .containsExactly(null, OneShop.customer("10500"), OneShop.customer("11500"));
    }

    /** Nobody sends to it, and as one who waits nobody would see the customer any more. */
    @Test
    void whoWasRefusedInAStoreThatIsNoLongerConfiguredStaysAmongTheRefused() {
        shop.park("1");
        StoreSettings other = StoreSettings.of(new StoreKey("uk"), new Credentials("key-three", "secret-3"));
        StoreSwitch others = new StoreSwitch(new Stores(List.of(other)), shop.states);

        Done done = new Controls(others, shop.outbox, CatchUp.absent(), shop.audit, shop.clock)
                .retry(null, null, null, OPERATOR);

        assertThat(done.message()).isEqualTo("0 customers are tried again.");
        assertThat(shop.status("1")).isEqualTo(LedgerStatus.PARKED);
    }

    private void park(Outbox outbox, int customers) {
        outbox.upsert(
                IntStream.range(10_000, 10_000 + customers)
                        .mapToObj(id -> new Desired(
                                OneShop.customer(String.valueOf(id)),
                                "{}",
                                Fingerprint.of("refused"),
                                T0.toEpochMilli(),
                                Origin.LIVE,
                                T0))
                        .toList(),
                T0);
        LaneLease lease =
                outbox.lease(DEFAULT, "node", Duration.ofMinutes(1), T0).orElseThrow();
        outbox.complete(
                outbox.claim(lease, customers, T0).stream()
                        .map(claim -> new Completion.Parked(claim, OneShop.INVALID))
                        .toList(),
                T0);
    }

    @Test
    void retryingInAStoreThatIsNotThereIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> controls.retry(new StoreKey("us"), null, null, OPERATOR));
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
}
