package io.yotposync.operator;

import static io.yotposync.operator.OneShop.DEFAULT;
import static io.yotposync.operator.OneShop.T0;
import static io.yotposync.operator.OneShop.customer;
import static io.yotposync.operator.OneShop.mark;
import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.dispatch.LaneStatus;
import io.yotposync.operator.Explanation.Mark;
import io.yotposync.operator.Explanation.Verdict;
import io.yotposync.outbox.Claim;
import io.yotposync.outbox.Completion;
import io.yotposync.outbox.Failure;
import io.yotposync.outbox.FailureClass;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The one sentence, where it is the row, the lane or Yotpo that decides. */
class ExplainedSendingTest {

    private final OneShop shop = new OneShop();

    private Explanation explain() {
        return shop.explainer().explain(customer("1"));
    }

    @Test
    void saysWhenYotpoAcknowledged() {
        shop.save("1", "A");
        shop.answer(claim -> new Completion.Acknowledged(claim, null));

        assertThat(explain().verdict()).isEqualTo(Verdict.IN_YOTPO);
        assertThat(explain().because()).isEqualTo("Yotpo acknowledged the latest state at " + T0 + ".");
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
        assertThat(explain().because()).startsWith("It has been due since " + T0 + ": others go before it");
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
    void aRedirectThatHoldsTheStoreIsNotBlamedOnTheSecret() {
        shop.save("1", "A");
        shop.states.update(DEFAULT, state -> state.heldFor(Failure.REDIRECTED, T0.plusSeconds(60)));

        assertThat(explain().because())
                .isEqualTo("Store default is held: Yotpo answered with a redirect; check base-url.");
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

        assertThat(explainer.explain(customer("1")).because())
                .isEqualTo("Store default does not answer, or with outages only; it is left alone for a while.");
        assertThat(explainer.explain(customer("1")).nextTry()).isEqualTo(T0.plusSeconds(4));
    }

    /** "Outages" alone would have Yotpo blamed for a name that is not found or a certificate that is not known. */
    @Test
    void whatIsOnTheWayToYotpoIsNamedWithWhatToLookAt() {
        shop.save("1", "A");
        Failure failure = new Failure(FailureClass.NETWORK, 0, "host name not found");
        shop.answer(claim -> new Completion.RetryAt(claim, T0.plusSeconds(90), true, failure));
        String fix = FailureClass.NETWORK.fix(DEFAULT);

        assertThat(explain().because())
                .isEqualTo("It was tried once, last with NETWORK: host name not found; it is tried again. " + fix);

        LaneStatus open = new LaneStatus(LaneStatus.Breaker.OPEN, 0, 9, 5, 5, T0.plusSeconds(4), null);
        Explainer explainer = new Explainer(
                shop.stores, shop.outbox, shop.heard, any -> open, CustomerCheck.absent(), shop.audit, shop.clock);
        assertThat(explainer.explain(customer("1")).because())
                .endsWith(", last with NETWORK: host name not found; it is left alone for a while. " + fix);
    }

    /** Whoever was refused has been saved anew, who waits for another guest need do nothing, and nodes die. */
    @ParameterizedTest
    @MethodSource
    void whatIsNotOnTheWayToYotpoComesWithNoAdvice(Failure failure) {
        shop.save("1", "A");
        shop.answer(claim -> new Completion.RetryAt(claim, T0.plusSeconds(90), true, failure));

        assertThat(explain().because())
                .startsWith("It was tried once, last with ")
                .endsWith("; it is tried again.");

        LaneStatus open = new LaneStatus(LaneStatus.Breaker.OPEN, 0, 9, 5, 5, T0.plusSeconds(4), null);
        Explainer explainer = new Explainer(
                shop.stores, shop.outbox, shop.heard, any -> open, CustomerCheck.absent(), shop.audit, shop.clock);
        assertThat(explainer.explain(customer("1")).because())
                .isEqualTo("Store default does not answer, or with outages only; it is left alone for a while.");
    }

    static Stream<Failure> whatIsNotOnTheWayToYotpoComesWithNoAdvice() {
        return Stream.of(
                new Failure(FailureClass.CONFLICT, 409, "another customer has this e-mail"),
                new Failure(FailureClass.VALIDATION, 422, "first_name is not allowed"),
                new Failure(FailureClass.OURS, 0, "the lease ended"),
                Failure.ABANDONED);
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

    /** As a guest behind another of its contact, in the words of the sending side. */
    @Test
    void whoWaitsForAnotherIsNotSaidToHaveBeenTried() {
        shop.save("1", "A");
        shop.answer(claim -> new Completion.RetryAt(
                claim,
                T0.plusSeconds(5),
                false,
                new Failure(FailureClass.CONFLICT, 0, "not sent yet: it is B's turn")));

        assertThat(explain().because()).isEqualTo("It was not sent yet: it is B's turn; it is tried again.");
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
}
