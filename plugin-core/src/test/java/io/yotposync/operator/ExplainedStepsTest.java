package io.yotposync.operator;

import static io.yotposync.operator.OneShop.DEFAULT;
import static io.yotposync.operator.OneShop.T0;
import static io.yotposync.operator.OneShop.customer;
import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.observe.SkipReason;
import io.yotposync.operator.Explanation.Mark;
import io.yotposync.operator.Explanation.Step;
import io.yotposync.outbox.Completion;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The customer's way, step by step. */
class ExplainedStepsTest {

    private final OneShop shop = new OneShop();

    @Test
    void ofWhomNothingIsKnownNothingIsClaimed() {
        assertThat(steps())
                .containsExactly(
                        "event UNKNOWN: no recent save was heard of on this node",
                        "store UNKNOWN: store default takes site 'default'",
                        "toggle PASSED: switched on by yotpo.sync.stores.default.enabled",
                        "eligibility UNKNOWN: not looked at",
                        "identifier UNKNOWN: not looked at",
                        "fingerprint UNKNOWN: nothing is desired yet",
                        "row STOPPED: the ledger has no row",
                        "answer UNKNOWN: Yotpo was not asked yet");
    }

    @Test
    void whoWaitsHasComeAsFarAsItsRow() {
        shop.heard.accepted(customer("1"));
        shop.save("1", "A");

        assertThat(steps())
                .containsExactly(
                        "event PASSED: saved at " + T0 + ": taken",
                        "store PASSED: store default takes site 'default'",
                        "toggle PASSED: switched on by yotpo.sync.stores.default.enabled",
                        "eligibility PASSED: a customer that can be sent",
                        "identifier PASSED: there is something that Yotpo can know it by",
                        "fingerprint PASSED: Yotpo has never acknowledged anything of it",
                        "row PASSED: PENDING, last changed at " + T0 + ", attempts 0",
                        "answer UNKNOWN: Yotpo was not asked yet");
    }

    @Test
    void whomYotpoHasCameAllTheWay() {
        shop.save("1", "A");
        shop.answer(claim -> new Completion.Acknowledged(claim, null));
        shop.heard.suppressed(customer("1"));

        assertThat(steps())
                .contains("event PASSED: saved at " + T0 + ": nothing had changed")
                .endsWith(
                        "fingerprint PASSED: desired and acknowledged are the same",
                        "row PASSED: IN_SYNC since " + T0 + ", attempts 0",
                        "answer PASSED: acknowledged at " + T0);

        shop.clock.forward(Duration.ofSeconds(1));
        shop.save("1", "B");
        assertThat(steps()).contains("fingerprint PASSED: desired differs from what Yotpo acknowledged");
    }

    @Test
    void whomYotpoRefusedStopsAtItsAnswer() {
        shop.park("1");

        assertThat(steps())
                .endsWith(
                        "row STOPPED: PARKED since " + T0 + ", attempts 1",
                        "answer STOPPED: VALIDATION 422: first_name is not allowed");
    }

    @Test
    void aSaveThatFoundNoRoomStopsAtOnce() {
        shop.heard.dropped(customer("1"));

        assertThat(steps()).startsWith("event STOPPED: saved at " + T0 + ": dropped, no room");
    }

    @ParameterizedTest
    @CsvSource({
        "NO_STORE, store",
        "OTHER_STORE, store",
        "NOT_ALLOWED, eligibility",
        "ANONYMOUS, eligibility",
        "FAILED, eligibility",
        "INVALID_CONTACT, identifier",
        "NO_IDENTIFIER, identifier",
        "CUSTOMIZER_BROKE_IDENTIFIER, identifier"
    })
    void whatKeepsASaveBackStopsItsOwnStep(SkipReason reason, String step) {
        shop.save("1", "A");
        shop.answer(claim -> new Completion.Acknowledged(claim, null));
        shop.heard.skipped(reason == SkipReason.NO_STORE ? null : DEFAULT, "1", reason);

        assertThat(shop.explainer().explain(customer("1")).steps())
                .filteredOn(each -> each.mark() == Mark.STOPPED)
                .extracting(Step::name)
                .containsExactly("event", step);
    }

    @Test
    void aStoreThatIsHeldOrPausedStopsItsCustomersAtItsSwitch() {
        shop.states.update(DEFAULT, state -> state.heldFor("rejected", T0));
        assertThat(steps()).contains("toggle STOPPED: held: rejected");

        shop.stores.pause(DEFAULT, "stock take");
        assertThat(steps()).contains("toggle STOPPED: paused: stock take");
    }

    private List<String> steps() {
        return shop.explainer().explain(customer("1")).steps().stream()
                .map(step -> step.name() + " " + step.mark() + ": " + step.finding())
                .toList();
    }
}
