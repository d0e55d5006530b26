package io.yotposync.operator;

import static io.yotposync.operator.OneShop.T0;
import static io.yotposync.operator.OneShop.customer;
import static io.yotposync.operator.OneShop.finding;
import static io.yotposync.operator.OneShop.mark;
import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.observe.SkipReason;
import io.yotposync.operator.Explanation.Mark;
import io.yotposync.operator.Explanation.Verdict;
import io.yotposync.outbox.Completion;
import io.yotposync.outbox.Desired;
import io.yotposync.outbox.Origin;
import io.yotposync.payload.Fingerprint;
import io.yotposync.prepare.Prepared;
import io.yotposync.scan.Erasure;
import io.yotposync.scan.Foresight.Being;
import io.yotposync.scan.Foresight.Seen;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mockito.Mockito;

/** The one sentence, where it is known how the shop has the customer now. */
class ExplainedCustomerTest {

    private final OneShop shop = new OneShop();
    private boolean emailLeftOut;
    private boolean scans = true;

    @Test
    void saysWhatTheCustomerItselfLacksWhereItCanBeRead() {
        Explainer reading = new Explainer(
                shop.stores,
                shop.outbox,
                shop.heard,
                OneShop.NO_LANES,
                any -> Seen.there(new Prepared.Skipped(SkipReason.NO_IDENTIFIER)),
                shop.audit,
                shop.clock);

        Explanation found = reading.explain(customer("1"));

        assertThat(found.because()).contains("It would not be sent").contains("identifier.external-id");
        assertThat(mark(found, "identifier")).isEqualTo(Mark.STOPPED);
    }

    @Test
    void aCustomerThatCannotBeReadIsExplainedAllTheSame() {
        Explainer reading = new Explainer(
                shop.stores,
                shop.outbox,
                shop.heard,
                OneShop.NO_LANES,
                any -> {
                    throw new IllegalStateException("no database");
                },
                shop.audit,
                shop.clock);

        assertThat(reading.explain(customer("1")).verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    private Explanation explain() {
        return shop.explainer().explain(customer("1"));
    }

    private Explanation explainWith(String contentToday) {
        return explainWith(Being.THERE, contentToday);
    }

    private Explanation explainWith(Being being, @Nullable String next) {
        Prepared today = next == null
                ? null
                : new Prepared.Ready(
                        new Desired(customer("1"), "{}", Fingerprint.of(next), T0.toEpochMilli(), Origin.LIVE, T0));
        CustomerCheck check = any -> new Seen(being, today, emailLeftOut);
        return new Explainer(
                        shop.stores,
                        shop.outbox,
                        shop.heard,
                        OneShop.NO_LANES,
                        scans ? check : check.withoutScans(),
                        shop.audit,
                        shop.clock)
                .explain(customer("1"));
    }

    /** Whoever looks for the customer at Yotpo looks by it. */
    @Test
    void saysThatTheEmailIsLeftOutOfWhatYotpoHas() {
        shop.save("1", "A");
        shop.answer(claim -> new Completion.Acknowledged(claim, null));
        emailLeftOut = true;

        assertThat(explainWith("A").verdict()).isEqualTo(Verdict.IN_YOTPO);
        assertThat(explainWith("A").because())
                .endsWith("Its e-mail address was left out: it is malformed, or a customizer removed it.");
    }

    private Explanation explainSkipped(SkipReason reason) {
        return new Explainer(
                        shop.stores,
                        shop.outbox,
                        shop.heard,
                        OneShop.NO_LANES,
                        any -> Seen.there(new Prepared.Skipped(reason)),
                        shop.audit,
                        shop.clock)
                .explain(customer("1"));
    }

    /** As after a restart, or on another node than the one that heard of the save. */
    @Test
    void whoWouldNotBeSentNowIsNotSaidToBeInYotpoAsTheShopHasIt() {
        shop.save("1", "A");
        shop.answer(claim -> new Completion.Acknowledged(claim, null));

        Explanation moved = explainSkipped(SkipReason.OTHER_STORE);

        assertThat(moved.verdict()).isEqualTo(Verdict.NOT_SENT);
        assertThat(moved.because())
                .startsWith("It would not be sent now: it is a customer of another store")
                .endsWith(" Yotpo keeps the state that it acknowledged at " + T0 + ".");
        assertThat(mark(moved, "store")).isEqualTo(Mark.STOPPED);
        assertThat(mark(explainSkipped(SkipReason.NO_IDENTIFIER), "identifier")).isEqualTo(Mark.STOPPED);
    }

    @Test
    void aStateThatWaitsOrWasRefusedIsExplainedThoughTheCustomerWouldNotBeSentNow() {
        shop.save("1", "A");
        assertThat(explainSkipped(SkipReason.NOT_ALLOWED).verdict()).isEqualTo(Verdict.ON_ITS_WAY);

        shop.park("2");
        shop.answer(claim -> new Completion.Parked(claim, OneShop.INVALID));
        assertThat(explainSkipped(SkipReason.NOT_ALLOWED).verdict()).isEqualTo(Verdict.REFUSED);
    }

    @Test
    void whomYotpoHasAsTheShopHasItIsInYotpoThoughTheLastSaveWasNotTaken() {
        shop.save("1", "A");
        shop.answer(claim -> new Completion.Acknowledged(claim, null));
        shop.clock.forward(Duration.ofSeconds(1));
        shop.heard.skipped(OneShop.DEFAULT, "1", SkipReason.STORE_DISABLED);

        assertThat(explainWith("A").verdict()).isEqualTo(Verdict.IN_YOTPO);
        assertThat(explainWith("B").because())
                .startsWith("The save at " + T0.plusSeconds(1) + " was not taken: store default was switched off");
    }

    @Test
    void whoCannotBeReadIsNotToBeBackfilledForThat() {
        assertThat(explainSkipped(SkipReason.FAILED).verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(explainSkipped(SkipReason.FAILED).because())
                .contains("; now it could not be read or mapped; a warning in the log")
                .doesNotContain("CustomerSource");
    }

    @Test
    void anIdThatTheShopDoesNotHaveIsSaidToBeNone() {
        Explanation none = explainWith(Being.GONE, null);

        assertThat(none.verdict()).isEqualTo(Verdict.NOT_SENT);
        assertThat(none.because()).startsWith("Neither the shop nor the ledger has a customer with this id");
    }

    @Test
    void oneThatTheShopHasIsNotToBeSavedForThat() {
        assertThat(explainWith("A").verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(explainWith("A").because())
                .endsWith("the shop has it, so send it once more, or run a backfill for all.");
    }

    @ParameterizedTest
    @EnumSource(
            value = Being.class,
            names = {"LEFT", "GONE"})
    void whoLeftTheShopIsNotInYotpoAsHeIsUntilYotpoIsTold(Being being) {
        shop.save("1", "A");
        shop.answer(claim -> new Completion.Acknowledged(claim, null));

        Explanation untold = explainWith(being, "disabled");
        assertThat(untold.verdict()).isEqualTo(Verdict.WAITING);
        assertThat(untold.because())
                .contains("so the next sweep has it disabled at Yotpo")
                .contains(
                        being == Being.GONE
                                ? "The shop no longer has this customer"
                                : "Nothing personal is left of it in the shop")
                .doesNotContain("send it once more");
        assertThat(mark(untold, "fingerprint")).isEqualTo(Mark.STOPPED);

        Explanation told = explainWith(being, "A");
        assertThat(told.verdict()).isEqualTo(Verdict.IN_YOTPO);
        assertThat(told.because()).startsWith("Yotpo acknowledged that it is disabled at " + T0);

        assertThat(explainWith(being, null).because()).contains("which Yotpo is not told", "yotpo.sync.deletes.tell");
    }

    @Test
    void ofOneWhoIsGoneNothingIsToBeCorrected() {
        shop.park("1");

        assertThat(explainWith(Being.GONE, null).because())
                .contains("first_name is not allowed", "The shop no longer has this customer")
                .doesNotContain("Correct the named field");
    }

    @Test
    void doesNotSayThatYotpoHasTheLatestWhereTheShopsCustomerHasChangedWithoutAnEvent() {
        shop.save("1", "A");
        shop.answer(claim -> new Completion.Acknowledged(claim, null));

        assertThat(explainWith("A").verdict()).isEqualTo(Verdict.IN_YOTPO);
        assertThat(explainWith("B").verdict()).isEqualTo(Verdict.WAITING);
        assertThat(explainWith("B").because()).contains("has changed since without an event", "send it once more");
        assertThat(mark(explainWith("B"), "fingerprint")).isEqualTo(Mark.STOPPED);
    }

    @Test
    void doesNotSayThatTheShopsCustomerChangedWhereItMayBeTheMapping() {
        shop.save("1", "A");
        shop.answer(claim -> new Completion.Acknowledged(claim, null));

        assertThat(explainWith("B").because()).contains("The shop's customer, or the store's mapping, has changed");
        assertThat(finding(explainWith("B"), "fingerprint")).contains("or the store's mapping");
    }

    @Test
    void aNodeThatDoesNotScanPromisesNoScanOfItsOwn() {
        shop.save("1", "A");
        shop.answer(claim -> new Completion.Acknowledged(claim, null));
        scans = false;
        String others = " of another node (yotpo.sync.scan.enabled is false on this one)";

        assertThat(explainWith("B").because()).contains("; the next scan" + others + " finds it");
        assertThat(explainWith(Being.GONE, "disabled").because()).contains("so the next sweep" + others + " has it");
        shop.park("1");
        assertThat(explainWith(Being.GONE, null).because()).endsWith("leave it to the sweep" + others + ".");
    }

    @Test
    void aConsentThatABackfillHeldBackIsNoChange() {
        shop.save("1", Fingerprint.of("A").withoutConsent());
        shop.answer(claim -> new Completion.Acknowledged(claim, null));

        assertThat(explainWith("A").verdict()).isEqualTo(Verdict.IN_YOTPO);
        assertThat(explainWith("A").because())
                .endsWith(
                        " Its marketing consent was held back (yotpo.sync.backfill.consent): its next save tells it.");
        assertThat(mark(explainWith("A"), "fingerprint")).isEqualTo(Mark.PASSED);
    }

    @Test
    void noScanIsPromisedThatMayHaveStoppedOrLooksOnlyLater() {
        shop.save("1", "A");
        shop.answer(claim -> new Completion.Acknowledged(claim, null));

        assertThat(explainWith("B").because()).contains("unless one has stopped and asks");
        assertThat(explainWith(Being.GONE, "disabled").because()).endsWith("for yotpo.sync.deletes.grace.");
        assertThat(explainWith(Being.LEFT, "disabled").because()).endsWith("has it disabled at Yotpo.");
    }

    @Test
    void anErasedCustomerIsNotToBeSentAgain() {
        shop.heard.accepted(customer("1"));
        shop.clock.forward(Duration.ofSeconds(1));
        shop.controls().erase("1", Mockito.mock(Erasure.class), OneShop.OPERATOR);

        assertThat(explain().verdict()).isEqualTo(Verdict.NOT_SENT);
        assertThat(explain().because())
                .isEqualTo("An operator had it erased at " + T0.plusSeconds(1)
                        + "; it is sent again only if the shop still has it and saves it.");
        assertThat(explainWith("A").because()).contains("the shop still has it", "erase it there");
        assertThat(shop.explainer().explain(customer("2")).verdict()).isEqualTo(Verdict.UNKNOWN);

        shop.clock.forward(Duration.ofSeconds(1));
        shop.heard.accepted(customer("1"));
        assertThat(explain().verdict()).as("saved since").isEqualTo(Verdict.UNKNOWN);
    }
}
