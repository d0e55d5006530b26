package io.yotposync.operator;

import static io.yotposync.operator.OneShop.DEFAULT;
import static io.yotposync.operator.OneShop.EU;
import static io.yotposync.operator.OneShop.T0;
import static io.yotposync.operator.OneShop.customer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.yotposync.dispatch.LaneStatus;
import io.yotposync.observe.SkipReason;
import io.yotposync.operator.Explanation.Mark;
import io.yotposync.operator.Explanation.Verdict;
import io.yotposync.outbox.Claim;
import io.yotposync.outbox.Completion;
import io.yotposync.outbox.Desired;
import io.yotposync.outbox.Failure;
import io.yotposync.outbox.FailureClass;
import io.yotposync.outbox.Origin;
import io.yotposync.payload.Fingerprint;
import io.yotposync.prepare.Prepared;
import io.yotposync.scan.Erasure;
import io.yotposync.scan.Foresight.Being;
import io.yotposync.scan.Foresight.Seen;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mockito.Mockito;

/** The one sentence names what decides. */
class ExplainerTest {

    private final OneShop shop = new OneShop();
    private boolean emailLeftOut;

    private Explanation explain() {
        return shop.explainer().explain(customer("1"));
    }

    @Test
    void namesThePropertyThatSwitchesAStoreOff() {
        Explanation off = shop.explainer().explain(new CustomerKey(EU, "1"));

        assertThat(off.verdict()).isEqualTo(Verdict.NOT_SENT);
        assertThat(off.because()).contains("yotpo.sync.stores.eu.enabled=false");
        assertThat(off.nextTry()).isNull();
        assertThat(mark(off, "toggle")).isEqualTo(Mark.STOPPED);
    }

    @Test
    void namesTheSwitchThatAnOperatorTurned() {
        shop.save("1", "A");
        shop.stores.disable(DEFAULT);

        assertThat(explain().because()).contains("switched off by an operator, at run time");
    }

    @Test
    void namesTheHostsOwnSwitch() {
        shop.save("1", "A");
        shop.hostSays = false;

        assertThat(explain().because())
                .contains("switched off by the shop's administration, whose system property"
                        + " yotpo.sync.stores.default.enabled is false");
        assertThat(explain().steps())
                .anyMatch(step -> step.finding().equals("switched off by the shop's administration"));

        shop.hostSays = true;
        assertThat(explain().steps())
                .anyMatch(step -> step.finding().equals("switched on by the shop's administration"));

        shop.stores.disable(DEFAULT);
        assertThat(explain().because()).contains("switched off by an operator, at run time");
    }

    @Test
    void aStoreThatIsOffKeepsWhatItHad() {
        shop.save("1", "A");
        shop.stores.disable(DEFAULT);
        assertThat(explain().because()).doesNotContain("Yotpo keeps");

        shop.stores.enable(DEFAULT);
        shop.answer(claim -> new Completion.Acknowledged(claim, null));
        shop.stores.disable(DEFAULT);

        assertThat(explain().verdict()).isEqualTo(Verdict.NOT_SENT);
        assertThat(explain().because()).endsWith("Yotpo keeps the state that it acknowledged at " + T0 + ".");
    }

    @Test
    void saysThatNothingWasHeard() {
        assertThat(explain().verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(explain().because())
                .contains("No save of this customer was heard of")
                .endsWith("or run a backfill, for which the host needs a CustomerSource.")
                .contains("'default'");
        assertThat(explain().steps())
                .extracting(Explanation.Step::name)
                .containsExactly(
                        "event", "store", "toggle", "eligibility", "identifier", "fingerprint", "row", "answer");
    }

    @ParameterizedTest
    @EnumSource(SkipReason.class)
    void namesTheReasonThatASaveWasSkippedFor(SkipReason reason) {
        shop.heard.skipped(reason == SkipReason.NO_STORE ? null : DEFAULT, "1", reason);

        assertThat(explain().verdict()).isEqualTo(Verdict.NOT_SENT);
        assertThat(explain().because()).contains("The save at " + T0).contains(SkipTexts.of(reason, DEFAULT));
    }

    @Test
    void aSaveThatWasTakenSinceOutweighsTheSkippedOne() {
        shop.heard.skipped(DEFAULT, "1", SkipReason.NO_IDENTIFIER);
        shop.clock.forward(Duration.ofSeconds(1));
        shop.heard.accepted(customer("1"));
        shop.save("1", "A");

        assertThat(explain().verdict()).isEqualTo(Verdict.ON_ITS_WAY);
    }

    @Test
    void saysWhatTheCustomerItselfLacksWhereItCanBeRead() {
        Explainer reading = new Explainer(
                shop.stores,
                shop.outbox,
                shop.heard,
                LiveLanes.unknown(),
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
                LiveLanes.unknown(),
                any -> {
                    throw new IllegalStateException("no database");
                },
                shop.audit,
                shop.clock);

        assertThat(reading.explain(customer("1")).verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void saysWhenYotpoAcknowledged() {
        shop.save("1", "A");
        shop.answer(claim -> new Completion.Acknowledged(claim, null));

        assertThat(explain().verdict()).isEqualTo(Verdict.IN_YOTPO);
        assertThat(explain().because()).isEqualTo("Yotpo acknowledged the latest state at " + T0 + ".");
    }

    private Explanation explainWith(String contentToday) {
        return explainWith(Being.THERE, contentToday);
    }

    private Explanation explainWith(Being being, @Nullable String next) {
        Prepared today = next == null
                ? null
                : new Prepared.Ready(
                        new Desired(customer("1"), "{}", Fingerprint.of(next), T0.toEpochMilli(), Origin.LIVE, T0));
        return new Explainer(
                        shop.stores,
                        shop.outbox,
                        shop.heard,
                        LiveLanes.unknown(),
                        any -> new Seen(being, today, emailLeftOut),
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
    void aConsentThatABackfillHeldBackIsNoChange() {
        shop.save("1", Fingerprint.of("A").withoutConsent());
        shop.answer(claim -> new Completion.Acknowledged(claim, null));

        assertThat(explainWith("A").verdict()).isEqualTo(Verdict.IN_YOTPO);
        assertThat(mark(explainWith("A"), "fingerprint")).isEqualTo(Mark.PASSED);
    }

    @Test
    void saysThatYotpoTakesItForAnotherWhoWasChangedLater() {
        shop.save("1", "A");
        shop.answer(claim -> new Completion.Superseded(claim, "not sent: another customer is newer"));

        assertThat(explain().verdict()).isEqualTo(Verdict.NOT_SENT);
        assertThat(explain().because())
                .isEqualTo("Its latest state is not sent: another customer is newer, and Yotpo takes the two for one.");
    }

    @Test
    void quotesTheRefusalAndItsFix() {
        shop.park("1");

        assertThat(explain().verdict()).isEqualTo(Verdict.REFUSED);
        assertThat(explain().because())
                .contains("VALIDATION 422: first_name is not allowed")
                .contains("Correct");
        assertThat(mark(explain(), "answer")).isEqualTo(Mark.STOPPED);
    }

    @Test
    void saysWhenItIsTriedAgain() {
        shop.save("1", "A");
        shop.answer(claim -> new Completion.RetryAt(claim, T0.plusSeconds(90), true, OneShop.OUTAGE));

        assertThat(explain().verdict()).isEqualTo(Verdict.WAITING);
        assertThat(explain().because()).contains("tried once, last with").contains("OUTAGE 503");
        assertThat(explain().nextTry()).isEqualTo(T0.plusSeconds(90));
    }

    /** As on a node that does not send to the store, and knows nothing of its breaker. */
    @Test
    void whatIsDueForLongIsNotOnItsWay() {
        shop.save("1", "A");
        shop.clock.forward(Duration.ofMinutes(1));
        assertThat(explain().verdict()).isEqualTo(Verdict.ON_ITS_WAY);

        shop.clock.forward(Duration.ofSeconds(1));

        assertThat(explain().verdict()).isEqualTo(Verdict.WAITING);
        assertThat(explain().because()).startsWith("It is due since " + T0 + ": others go before it");
    }

    @Test
    void whatWasNeverSentIsNotSaidToBeRefusedByYotpo() {
        shop.save("1", "A");
        shop.answer(claim -> new Completion.Parked(claim, new Failure(FailureClass.OURS, 0, "nothing is left")));

        assertThat(explain().because()).startsWith("It was not sent (OURS: nothing is left).");
    }

    @Test
    void quotesThePausesReason() {
        shop.save("1", "A");
        shop.stores.pause(DEFAULT, "the import runs");

        assertThat(explain().because()).contains("paused by an operator ('the import runs')");
        assertThat(explain().nextTry()).isNull();
    }

    @Test
    void aHeldStoreSaysWhyAndWhenItIsTriedOnceMore() {
        shop.save("1", "A");
        shop.states.update(DEFAULT, state -> state.heldFor("the secret is refused", T0.plusSeconds(60)));

        assertThat(explain().because()).contains("held: the secret is refused").contains(".secret");
        assertThat(explain().nextTry()).isEqualTo(T0.plusSeconds(60));
    }

    @Test
    void aWaitThatYotpoAskedForIsNamed() {
        shop.save("1", "A");
        shop.states.update(DEFAULT, state -> state.waitingUntil(T0.plusSeconds(5)));

        assertThat(explain().because()).contains("Yotpo asked store default to wait until " + T0.plusSeconds(5));
    }

    @Test
    void anOpenBreakerIsNamed() {
        shop.save("1", "A");
        LaneStatus open = new LaneStatus(LaneStatus.Breaker.OPEN, 0, 9, 5, 5, T0.plusSeconds(4), null);
        Explainer explainer = new Explainer(
                shop.stores, shop.outbox, shop.heard, any -> open, CustomerCheck.absent(), shop.audit, shop.clock);

        assertThat(explainer.explain(customer("1")).because()).contains("outages only");
        assertThat(explainer.explain(customer("1")).nextTry()).isEqualTo(T0.plusSeconds(4));
    }

    /** Only the node that drains the store has its breaker open. */
    @Test
    void whatWasLastAnsweredIsSaidOnEveryNode() {
        shop.save("1", "A");
        Claim claim = shop.outbox
                .claim(
                        shop.outbox
                                .lease(DEFAULT, "n", Duration.ofMinutes(1), T0)
                                .orElseThrow(),
                        1,
                        T0)
                .get(0);
        shop.outbox.complete(
                List.of(new Completion.RetryAt(claim, T0, false, new Failure(FailureClass.OUTAGE, 503, "down"))), T0);

        assertThat(explain().verdict()).isEqualTo(Verdict.WAITING);
        assertThat(explain().because()).isEqualTo("It was tried, last with OUTAGE 503: down; it is tried again.");
        assertThat(explain().nextTry()).isEqualTo(T0);
    }

    @Test
    void aCustomerInFlightIsBeingSent() {
        shop.save("1", "A");
        shop.outbox.claim(
                shop.outbox.lease(DEFAULT, "n", Duration.ofMinutes(1), T0).orElseThrow(), 1, T0);

        assertThat(explain().because())
                .startsWith("It is being sent at this moment;")
                .endsWith("another does after " + T0.plus(Duration.ofMinutes(1)) + ".");
    }

    @Test
    void aDroppedSaveNamesTheBound() {
        shop.heard.dropped(customer("1"));

        assertThat(explain().because()).contains("max-waiting");
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

    @Test
    void anErasureOutweighsTheSaveThatWasSkippedBefore() {
        shop.heard.skipped(DEFAULT, "1", SkipReason.STORE_DISABLED);
        shop.clock.forward(Duration.ofSeconds(1));
        shop.controls().erase("1", Mockito.mock(Erasure.class), OneShop.OPERATOR);

        assertThat(explain().because()).startsWith("An operator had it erased at " + T0.plusSeconds(1));
    }

    @Test
    void anErasureThatFailedIsNone() {
        Erasure failing = Mockito.mock(Erasure.class);
        Mockito.when(failing.erase("1")).thenThrow(new IllegalStateException("the storage is away"));
        assertThatIllegalStateException().isThrownBy(() -> shop.controls().erase("1", failing, OneShop.OPERATOR));

        assertThat(explain().because()).contains("unless it was erased, save it again");
    }

    @Test
    void aCustomerIsExplainedThoughTheAuditLogCannotBeRead() {
        AuditLog broken = Mockito.mock(AuditLog.class);
        Mockito.when(broken.newest(Mockito.anyInt())).thenThrow(new IllegalStateException("no database"));
        Explainer explainer = new Explainer(
                shop.stores, shop.outbox, shop.heard, LiveLanes.unknown(), CustomerCheck.absent(), broken, shop.clock);

        assertThat(explainer.explain(customer("1")).verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void saysForWhichStoreTheLastSaveWas() {
        shop.stores.enable(EU);
        shop.heard.accepted(customer("1"));

        Explanation eu = shop.explainer().explain(new CustomerKey(EU, "1"));

        assertThat(eu.verdict()).isEqualTo(Verdict.NOT_SENT);
        assertThat(eu.because()).startsWith("Its last save, at " + T0 + ", was for store default and not for store eu");
        assertThat(mark(eu, "store")).isEqualTo(Mark.STOPPED);
        assertThat(explain().verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void explainsForEveryStoreAndRefusesOneThatIsNotThere() {
        assertThat(shop.explainer().explain("1")).extracting(Explanation::store).containsExactly("default", "eu");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> shop.explainer().explain(new CustomerKey(new StoreKey("us"), "1")))
                .withMessageContaining("no store 'us'");
    }

    private static Mark mark(Explanation explanation, String step) {
        return explanation.steps().stream()
                .filter(each -> each.name().equals(step))
                .findFirst()
                .orElseThrow()
                .mark();
    }
}
