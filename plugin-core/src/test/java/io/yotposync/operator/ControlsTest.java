package io.yotposync.operator;

import static io.yotposync.operator.OneShop.DEFAULT;
import static io.yotposync.operator.OneShop.EU;
import static io.yotposync.operator.OneShop.OPERATOR;
import static io.yotposync.operator.OneShop.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.groups.Tuple.tuple;

import io.yotposync.outbox.FailureClass;
import io.yotposync.outbox.LedgerStatus;
import io.yotposync.store.StoreKey;
import org.junit.jupiter.api.Test;

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
                .isEqualTo("Store default stays off: the shop's administration says so, by the system property"
                        + " yotpo.sync.stores.default.enabled.");
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
        Controls unlogged = shop.controls(CatchUp.absent(), new OneShop.BrokenLog());

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
