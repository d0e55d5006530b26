package io.yotposync.operator;

import static io.yotposync.operator.OneShop.DEFAULT;
import static io.yotposync.operator.OneShop.EU;
import static io.yotposync.operator.OneShop.T0;
import static io.yotposync.operator.OneShop.customer;
import static io.yotposync.operator.OneShop.finding;
import static io.yotposync.operator.OneShop.mark;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.yotposync.observe.SkipReason;
import io.yotposync.operator.Explanation.Mark;
import io.yotposync.operator.Explanation.Verdict;
import io.yotposync.outbox.Completion;
import io.yotposync.outbox.States;
import io.yotposync.scan.Erasure;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mockito.Mockito;

/** The one sentence names what decides. */
class ExplainerTest {

    private final OneShop shop = new OneShop();

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
    void tellsThatAGuestWasKnownByAnotherContactBefore() {
        shop.outbox.upsert(List.of(States.guest(customer("1"), "A", "a@example.com", 1)), shop.clock.instant());
        assertThat(finding(explain(), "identifier")).doesNotContain("before");

        shop.outbox.upsert(List.of(States.guest(customer("1"), "A", "b@example.com", 2)), shop.clock.instant());
        assertThat(finding(explain(), "identifier")).contains("known by another e-mail or phone before (times: 1)");
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
                .contains("switched off by the shop's administration (on Broadleaf: the system property"
                        + " yotpo.sync.stores.default.enabled), so its customers are not sent");
        assertThat(explain().steps())
                .anyMatch(step -> step.finding().equals("switched off by the shop's administration"));

        shop.hostSays = true;
        assertThat(explain().steps())
                .anyMatch(step -> step.finding().equals("switched on by the shop's administration"));

        shop.stores.disable(DEFAULT);
        assertThat(explain().because()).contains("switched off by an operator, at run time");

        shop.stores.enable(DEFAULT);
        assertThat(finding(explain(), "toggle")).isEqualTo("switched on by an operator, at run time");
        shop.hostSays = false;
        assertThat(finding(explain(), "toggle")).isEqualTo("switched off by the shop's administration");
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

    @Test
    void tellsOfASaveThatTheDatabaseHasNotTaken() {
        shop.heard.accepted(customer("1"));

        assertThat(explain().verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(explain().because())
                .startsWith("The save at " + T0 + " was taken, but the ledger has no row of it")
                .doesNotContain("No save");
    }

    /** As of a state that waits for the database, or of which an outbox in memory had to forget the row. */
    @Test
    void aSaveThatRepeatedOneWithoutARowWasHeardOf() {
        shop.heard.suppressed(customer("1"));

        assertThat(explain().because())
                .startsWith("The save at " + T0 + " was taken, but the ledger has no row of it")
                .doesNotContain("No save");
    }

    @ParameterizedTest
    @EnumSource(SkipReason.class)
    void namesTheReasonThatASaveWasSkippedFor(SkipReason reason) {
        shop.heard.skipped(reason == SkipReason.NO_STORE ? null : DEFAULT, "1", reason);

        assertThat(explain().verdict()).isEqualTo(Verdict.NOT_SENT);
        assertThat(explain().because()).contains("The save at " + T0).contains(SkipTexts.of(reason, DEFAULT));
    }

    /** Whoever looks for a mistake in it finds none. */
    @Test
    void aPhoneNeedBeNoMoreMalformedThanToNameNoCountry() {
        shop.heard.skipped(DEFAULT, "1", SkipReason.INVALID_CONTACT);

        assertThat(explain().because())
                .endsWith("or its phone names no country (yotpo.sync.stores.default.default-region).");
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
    void ofASaveThatWasTakenAndOneForNoStoreTheLaterCounts() {
        shop.heard.accepted(customer("1"));
        inSync("1");
        shop.clock.forward(Duration.ofSeconds(1));
        shop.heard.skipped(null, "1", SkipReason.NO_STORE);
        assertThat(explain().verdict()).isEqualTo(Verdict.NOT_SENT);
        assertThat(explain().because()).contains(SkipTexts.of(SkipReason.NO_STORE, DEFAULT));

        shop.clock.forward(Duration.ofSeconds(1));
        shop.heard.suppressed(customer("1"));
        assertThat(explain().verdict()).isEqualTo(Verdict.IN_YOTPO);
    }

    @Test
    void whatAnotherNodeWroteSinceOutweighsTheSaveThatThisOneSkipped() {
        shop.heard.skipped(DEFAULT, "1", SkipReason.NO_IDENTIFIER);
        shop.clock.forward(Duration.ofSeconds(1));
        inSync("1");

        assertThat(explain().verdict()).isEqualTo(Verdict.IN_YOTPO);
    }

    /** Where customers cannot be read, nothing else would tell. */
    @Test
    void aSaveThatWasDroppedIsToldBesideTheRowOfAnEarlierOne() {
        inSync("1");
        shop.clock.forward(Duration.ofSeconds(1));
        shop.heard.dropped(customer("1"));

        assertThat(explain().verdict()).isEqualTo(Verdict.NOT_SENT);
        assertThat(explain().because())
                .startsWith("The save at " + T0.plusSeconds(1) + " was left to the catch-up")
                .endsWith(" Yotpo keeps the state that it acknowledged at " + T0 + ".");

        shop.clock.forward(Duration.ofSeconds(1));
        shop.save("1", "A");
        assertThat(explain().verdict()).isEqualTo(Verdict.IN_YOTPO);
    }

    /** As with a database that can be read and takes no writes; or it repeated what the row has, and left it as it is. */
    @Test
    void aSaveThatIsStillToBeWrittenIsToldBesideTheRowOfAnEarlierOne() {
        inSync("1");
        shop.clock.forward(Duration.ofHours(1));
        shop.heard.accepted(customer("1"));

        assertThat(explain().verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(explain().because())
                .startsWith("The save at " + T0.plusSeconds(3600) + " was taken, but the ledger's row is older")
                .contains("it told nothing newer than the row has")
                .endsWith(" Yotpo keeps the state that it acknowledged at " + T0 + ".");

        shop.save("1", "A");
        assertThat(explain().verdict()).isEqualTo(Verdict.IN_YOTPO);
    }

    private void inSync(String id) {
        shop.save(id, "A");
        shop.answer(claim -> new Completion.Acknowledged(claim, null));
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
                shop.stores, shop.outbox, shop.heard, OneShop.NO_LANES, CustomerCheck.absent(), broken, shop.clock);

        assertThat(explainer.explain(customer("1")).verdict()).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void aCustomerIsExplainedWhoseReadingEndsInAnError() {
        CustomerCheck endless = customer -> {
            throw new StackOverflowError();
        };
        Explainer explainer =
                new Explainer(shop.stores, shop.outbox, shop.heard, OneShop.NO_LANES, endless, shop.audit, shop.clock);

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
}
