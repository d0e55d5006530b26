package io.yotposync.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.Samples;
import io.yotposync.customer.Consent;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.observe.SkipReason;
import io.yotposync.outbox.Desired;
import io.yotposync.outbox.LedgerMark;
import io.yotposync.outbox.LedgerStatus;
import io.yotposync.payload.FieldPrints;
import io.yotposync.payload.Fingerprint;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreSettings;
import io.yotposync.store.Stores;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JudgeTest {

    private static final Instant LONG_AGO = Samples.NOW.minusSeconds(3600);
    private static final Duration GRACE = Duration.ofMinutes(10);

    private final StoreSettings store = Samples.store("default");
    private final Stores stores = new Stores(List.of(store));
    private final FieldPrints prints = new FieldPrints(stores.all());
    private final Judge judge = new Judge(Samples.preparation(stores), prints, GRACE);
    private final CustomerSnapshot customer = of("A", Consent.GRANTED, LONG_AGO);

    private static CustomerSnapshot of(String name, Consent consent, @Nullable Instant updated) {
        return CustomerSnapshot.of("1")
                .email("a@example.com")
                .name(name, "B")
                .emailMarketing(consent)
                .updatedAt(updated)
                .build();
    }

    private Judgement judge(CustomerSnapshot what, @Nullable LedgerMark mark, ConsentRule rule) {
        return judge.judge(what, store, mark, Samples.NOW, rule);
    }

    private Judgement.Send send(CustomerSnapshot what, @Nullable LedgerMark mark, ConsentRule rule) {
        return (Judgement.Send) judge(what, mark, rule);
    }

    /** The row after Yotpo acknowledged this state. */
    private LedgerMark acknowledged(Desired state, Instant at) {
        String fields = prints.of(new CustomerKey(StoreKey.DEFAULT, "1"), state.payload());
        return new LedgerMark(
                LedgerStatus.IN_SYNC,
                state.fingerprint(),
                state.fingerprint(),
                fields,
                state.sourceVersion(),
                at,
                at,
                false,
                false);
    }

    private LedgerMark acknowledged(CustomerSnapshot what) {
        return acknowledged(send(what, null, ConsentRule.TELL).desired(), LONG_AGO);
    }

    @Test
    void aBackfillTellsNoConsentOfCustomersThatYotpoWasNotToldOf() {
        Judgement.Send send = send(customer, null, ConsentRule.HOLD_BACK);

        assertThat(send.heldBack()).isTrue();
        assertThat(send.desired().payload()).contains("a@example.com").doesNotContain("accepts_");
        assertThat(send(customer, null, ConsentRule.FOLLOW).desired().payload()).contains("accepts_email_marketing");
    }

    @Test
    void whatWasHeldBackStaysSoUntilTheShopperChoosesAgain() {
        LedgerMark mark =
                acknowledged(send(customer, null, ConsentRule.HOLD_BACK).desired(), LONG_AGO);

        assertThat(judge(customer, mark, ConsentRule.HOLD_BACK)).isEqualTo(new Judgement.Unchanged(true));
        assertThat(judge(customer, mark, ConsentRule.FOLLOW)).isEqualTo(new Judgement.Unchanged(true));
        CustomerSnapshot chosen = of("A", Consent.DENIED, LONG_AGO);
        assertThat(send(chosen, mark, ConsentRule.FOLLOW).desired().payload())
                .contains("\"accepts_email_marketing\":false");
        assertThat(send(customer, mark, ConsentRule.TELL).desired().payload())
                .contains("\"accepts_email_marketing\":true");
    }

    /** A new mapping would tell the choices of all whom a backfill left them out of. */
    @Test
    void aChoiceThatACatchUpTellsForTheFirstTimeCountsAsAChangeOfConsent() {
        LedgerMark mark =
                acknowledged(send(customer, null, ConsentRule.HOLD_BACK).desired(), LONG_AGO);
        CustomerSnapshot chosen = of("A", Consent.DENIED, LONG_AGO);

        assertThat(Objects.requireNonNull(send(chosen, mark, ConsentRule.FOLLOW).changes())
                        .changesConsent())
                .isTrue();
        assertThat(Objects.requireNonNull(send(chosen, mark, ConsentRule.TELL).changes())
                        .changesConsent())
                .isFalse();
    }

    @Test
    void anAcknowledgedConsentIsNoReasonToHoldAnythingBack() {
        LedgerMark mark = acknowledged(customer);

        Judgement.Send send = send(of("C", Consent.GRANTED, LONG_AGO), mark, ConsentRule.HOLD_BACK);

        assertThat(send.heldBack()).isFalse();
        assertThat(Objects.requireNonNull(send.changes()).all()).containsExactly("first_name");
        assertThat(judge(customer, mark, ConsentRule.HOLD_BACK)).isEqualTo(new Judgement.Unchanged(false));
    }

    @Test
    void aBackfillSendsNothingWhereOnlyAConsentDiffers() {
        assertThat(judge(of("A", Consent.DENIED, LONG_AGO), acknowledged(customer), ConsentRule.HOLD_BACK))
                .isEqualTo(new Judgement.Unchanged(true));
        assertThat(Objects.requireNonNull(
                                send(of("A", Consent.DENIED, LONG_AGO), acknowledged(customer), ConsentRule.FOLLOW)
                                        .changes())
                        .changesConsent())
                .isTrue();
    }

    @Test
    void anOlderStateIsBelievedOnlyWhereTheRowWasLeftAlone() {
        CustomerSnapshot newer = of("C", Consent.GRANTED, Samples.NOW);
        Desired known = send(newer, null, ConsentRule.TELL).desired();

        assertThat(judge(customer, acknowledged(known, Samples.NOW), ConsentRule.FOLLOW))
                .isEqualTo(new Judgement.Overtaken());
        assertThat(send(customer, acknowledged(known, LONG_AGO), ConsentRule.FOLLOW)
                        .desired()
                        .sourceVersion())
                .isEqualTo(known.sourceVersion());
    }

    @Test
    void aRowThatChangedAfterTheReadingIsLeftAlone() {
        LedgerMark mark = acknowledged(send(customer, null, ConsentRule.TELL).desired(), Samples.NOW.plusMillis(1));

        assertThat(judge(of("C", Consent.GRANTED, LONG_AGO), mark, ConsentRule.FOLLOW))
                .isEqualTo(new Judgement.Overtaken());
        assertThat(judge(customer, mark, ConsentRule.FOLLOW)).isEqualTo(new Judgement.Unchanged(false));
    }

    @Test
    void aRowThatAClockFarAheadWroteHasBeenLeftAlone() {
        Instant ahead = Samples.NOW.plus(Duration.ofHours(1));
        LedgerMark mark = acknowledged(
                send(of("A", Consent.GRANTED, ahead), null, ConsentRule.TELL).desired(), ahead);

        Judgement judgement = judge(of("A", Consent.DENIED, Samples.NOW), mark, ConsentRule.FOLLOW);

        assertThat(((Judgement.Send) judgement).desired().sourceVersion()).isEqualTo(mark.sourceVersion());
    }

    @Test
    void aVersionThatAClockWasPutBackFromIsNotKept() {
        Instant ahead = Samples.NOW.plus(Duration.ofDays(1));
        LedgerMark mark =
                acknowledged(send(customer, null, ConsentRule.TELL).desired().withVersion(ahead.toEpochMilli()), ahead);

        Judgement judgement = judge(of("A", Consent.DENIED, Samples.NOW), mark, ConsentRule.FOLLOW);

        assertThat(((Judgement.Send) judgement).desired().sourceVersion()).isEqualTo(Samples.NOW.toEpochMilli());
    }

    @Test
    void withoutATimeOfTheHostsTheStateIsOlderThanWhatIsSavedInTheSecondOfItsReading() {
        CustomerSnapshot timeless = of("A", Consent.UNKNOWN, null);
        Instant readAt = Samples.NOW.minusSeconds(5);

        Judgement judgement = judge.judge(timeless, store, null, readAt, ConsentRule.FOLLOW);

        Desired read = ((Judgement.Send) judgement).desired();
        long second = readAt.truncatedTo(ChronoUnit.SECONDS).toEpochMilli();
        assertThat(read.sourceVersion()).isEqualTo(second - 1);
        assertThat(read.outranksUpTo()).isLessThan(timeless.saidAt(readAt).sourceVersion());
    }

    @Test
    void aKnownCustomerOfWhomNothingIsLeftHasLeft() {
        CustomerSnapshot guest = CustomerSnapshot.of("1").registered(false).build();
        CustomerSnapshot blank = CustomerSnapshot.of("1").updatedAt(LONG_AGO).build();

        assertThat(judge(guest, null, ConsentRule.FOLLOW)).isEqualTo(new Judgement.Skip(SkipReason.ANONYMOUS));
        assertThat(judge(guest, acknowledged(customer), ConsentRule.FOLLOW)).isEqualTo(Judgement.Left.NOTHING);
        LedgerMark heardSince =
                acknowledged(send(customer, null, ConsentRule.TELL).desired(), Samples.NOW.plusMillis(1));
        assertThat(judge(guest, heardSince, ConsentRule.FOLLOW)).isEqualTo(new Judgement.Overtaken());
        assertThat(judge(blank, acknowledged(customer), ConsentRule.FOLLOW))
                .isInstanceOfSatisfying(
                        Judgement.Left.class, left -> assertThat(left.rest()).isNotNull());
    }

    @Test
    void whatCouldBeReadInPartOnlyIsNotSent() {
        CustomerSnapshot partial =
                CustomerSnapshot.of("1").email("a@example.com").partial(true).build();

        assertThat(judge(partial, null, ConsentRule.FOLLOW)).isEqualTo(new Judgement.Skip(SkipReason.FAILED));
    }

    @Test
    void aDistrustedRowCountsAsChanged() {
        LedgerMark mark = acknowledged(customer);
        LedgerMark distrusted = new LedgerMark(
                mark.status(),
                Fingerprint.UNKNOWN,
                null,
                mark.acknowledgedFields(),
                mark.sourceVersion(),
                mark.updatedAt(),
                mark.acknowledgedAt(),
                false,
                false);

        assertThat(judge(customer, distrusted, ConsentRule.FOLLOW)).isInstanceOf(Judgement.Send.class);
    }
}
