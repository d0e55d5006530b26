package io.yotposync.outbox;

import static io.yotposync.outbox.LedgerStatus.IN_SYNC;
import static io.yotposync.outbox.LedgerStatus.PENDING;
import static io.yotposync.outbox.States.EU;
import static io.yotposync.outbox.States.LATER;
import static io.yotposync.outbox.States.ONE;
import static io.yotposync.outbox.States.T0;
import static io.yotposync.outbox.States.TWO;
import static io.yotposync.outbox.States.US;
import static io.yotposync.outbox.States.at;
import static io.yotposync.outbox.States.guest;
import static io.yotposync.outbox.States.key;
import static io.yotposync.outbox.States.live;
import static io.yotposync.outbox.States.notBefore;
import static io.yotposync.outbox.States.payload;
import static io.yotposync.outbox.States.print;
import static io.yotposync.outbox.States.registered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.yotposync.outbox.Completion.Acknowledged;
import io.yotposync.outbox.Completion.Parked;
import io.yotposync.outbox.Completion.Released;
import io.yotposync.outbox.Completion.RetryAt;
import io.yotposync.store.CustomerKey;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every outbox keeps of customers who share a contact, of whom Yotpo makes one. */
interface RivalsContract extends OutboxScene {

    @Test
    default void aGuestWithTheContactOfARegisteredCustomerIsRivalled() {
        put(guest(ONE, "A", "a@example.com"));
        put(registered(TWO, "B", "a@example.com"));

        assertThat(claim(at(1)))
                .extracting(Claim::key, Claim::rival)
                .containsExactlyInAnyOrder(tuple(ONE, Rival.REGISTERED), tuple(TWO, Rival.NONE));
    }

    @Test
    default void aGuestIsRivalledAlsoByACustomerWhoIsInSyncForLong() {
        put(registered(TWO, "B", "a@example.com"));
        Claim sent = claim(at(1)).get(0);
        assertThat(complete(new Completion.Acknowledged(sent, null), at(1))).isTrue();

        put(guest(ONE, "A", "a@example.com"));

        assertThat(claim(at(2))).extracting(Claim::rival).containsExactly(Rival.REGISTERED);
    }

    @Test
    default void aGuestIsRivalledForAsLongAsSomebodyRegisteredHasTheContact() {
        CustomerKey three = key(EU, "3");
        put(registered(ONE, "A", "a@example.com"), registered(TWO, "B", "a@example.com"));
        put(registered(ONE, "C", "c@example.com"), guest(three, "D", "a@example.com"));
        Claim sent = of(three, claim(at(1)));
        assertThat(sent.rival()).isEqualTo(Rival.REGISTERED);
        complete(new Parked(sent, WAITS), at(2));

        put(registered(TWO, "E", "e@example.com"), guest(three, "D", "a@example.com"));

        assertThat(of(three, claim(at(3))).rival()).isEqualTo(Rival.NONE);
    }

    @Test
    default void guestsOfOneMomentAndCustomersOfAnotherStoreAreNoRivals() {
        put(guest(ONE, "A", "a@example.com"));
        put(guest(TWO, "B", "a@example.com"));
        put(registered(key(US, "3"), "C", "a@example.com"));
        put(guest(key(US, "4"), "D", "a@example.com", LATER));

        assertThat(claim(at(1))).extracting(Claim::rival).containsExactly(Rival.NONE, Rival.NONE);
    }

    @Test
    default void aGuestStandsBehindAnotherOfTheSameContactWhoWasChangedLater() {
        put(guest(ONE, "A", "a@example.com"));
        put(guest(TWO, "B", "a@example.com", LATER));

        List<Claim> claims = claim(at(1));
        assertThat(claims)
                .extracting(Claim::key, Claim::rival)
                .containsExactlyInAnyOrder(tuple(ONE, Rival.LATER_PENDING), tuple(TWO, Rival.NONE));
        assertThat(mark(ONE).superseded()).isFalse();

        complete(new Acknowledged(of(TWO, claims), null), at(2));
        complete(new RetryAt(of(ONE, claims), at(3), false, DOWN), at(2));

        assertThat(claim(at(3))).extracting(Claim::key, Claim::rival).containsExactly(tuple(ONE, Rival.LATER));
        assertThat(mark(ONE).superseded()).isTrue();
        assertThat(mark(TWO).superseded()).isFalse();
    }

    @Test
    default void aLaterGuestWhoWasRefusedOrHasAnotherContactNowStandsInNobodysWay() {
        put(guest(ONE, "A", "a@example.com"));
        put(guest(TWO, "B", "a@example.com", LATER));
        List<Claim> claims = claim(at(1));
        complete(new Parked(of(TWO, claims), REFUSED), at(2));
        complete(new Released(of(ONE, claims)), at(2));

        Claim again = claimOne(at(3));
        assertThat(again.rival()).isEqualTo(Rival.NONE);
        complete(new Released(again), at(3));
        put(guest(TWO, "C", "c@example.com", LATER + 1));

        assertThat(claim(at(4))).extracting(Claim::rival).containsExactly(Rival.NONE, Rival.NONE);
    }

    @Test
    default void aLaterGuestWhoHasAnotherContactNowOrWasForgottenStandsInNobodysWay() {
        put(guest(ONE, "A", "a@example.com"));
        put(guest(TWO, "B", "a@example.com", LATER), guest(key(EU, "3"), "C", "a@example.com", LATER));
        put(guest(TWO, "D", "d@example.com", LATER + 1));
        assertThat(outbox().forget(List.of(key(EU, "3")), T0)).isEmpty();

        assertThat(claim(at(1))).extracting(Claim::rival).containsExactly(Rival.NONE, Rival.NONE);
    }

    @Test
    default void aGuestWaitsForAnotherOfTheSameContactWhoIsUnderWay() {
        put(guest(ONE, "A", "a@example.com"));
        Claim first = claimOne(at(1));
        put(guest(TWO, "B", "a@example.com", LATER));

        assertThat(claim(at(2))).extracting(Claim::key, Claim::rival).containsExactly(tuple(TWO, Rival.UNDER_WAY));
        assertThat(complete(new Acknowledged(first, null), at(3))).isTrue();
        assertThat(mark(ONE).superseded()).isFalse();
    }

    @Test
    default void aGuestWhoWaitsForALaterOneIsDueWhenThatOneIsSentOrRefused() {
        for (boolean refused : new boolean[] {false, true}) {
            begin();
            put(guest(ONE, "A", "a@example.com"));
            put(guest(TWO, "B", "a@example.com", LATER));
            put(guest(key(EU, "3"), "C", "c@example.com"), guest(key(EU, "4"), "D", "a@example.com"));
            List<Claim> claims = claim(at(1));
            complete(new RetryAt(of(ONE, claims), at(300), false, WAITS), at(1));
            complete(new RetryAt(of(key(EU, "3"), claims), at(300), false, WAITS), at(1));
            complete(new RetryAt(of(key(EU, "4"), claims), at(300), false, DOWN), at(1));
            assertThat(claim(at(2))).isEmpty();

            Claim later = of(TWO, claims);
            complete(refused ? new Parked(later, REFUSED) : new Acknowledged(later, null), at(2));

            assertThat(claim(at(2)))
                    .extracting(Claim::key, Claim::rival)
                    .containsExactly(tuple(ONE, refused ? Rival.NONE : Rival.LATER));
        }
    }

    @Test
    default void aGuestWhoIsToWaitAsTheLaterOneEndsIsDueAtOnce() {
        put(guest(ONE, "A", "a@example.com"), guest(TWO, "B", "a@example.com", LATER));
        List<Claim> claims = claim(at(1));

        outbox().complete(
                        List.of(
                                new Acknowledged(of(TWO, claims), null),
                                new RetryAt(of(ONE, claims), at(300), false, WAITS)),
                        at(2));

        assertThat(claim(at(3))).extracting(Claim::key, Claim::rival).containsExactly(tuple(ONE, Rival.LATER));
    }

    @Test
    default void aProbeIsNoneThatWaitsForAnother() {
        put(guest(ONE, "A", "a@example.com"), live(TWO, "B"));
        Claim waiting = of(ONE, claim(at(1)));
        outbox().complete(List.of(new RetryAt(waiting, at(1), false, WAITS)), at(1));
        LaneLease lease = lease(EU, NODE, at(1000));

        assertThat(outbox().claimProbe(lease, at(1000)).orElseThrow().key()).isEqualTo(TWO);
    }

    /** The version of a state that was not sent again says nothing of what Yotpo has. */
    @Test
    default void aGuestWhoWasSavedWithoutAChangeIsNoReasonNotToSendAnothersChange() {
        put(guest(ONE, "A", "a@example.com"));
        complete(new Acknowledged(claimOne(at(1)), null), at(1));
        put(guest(TWO, "B", "a@example.com", LATER));
        complete(new Acknowledged(claimOne(at(2)), null), at(2));
        put(guest(TWO, "B2", "a@example.com", LATER + 1));
        put(guest(ONE, "A", "a@example.com", LATER + 2));

        assertThat(claimOne(at(3)).rival()).isEqualTo(Rival.NONE);
        assertThat(mark(TWO).superseded()).isFalse();
    }

    @Test
    default void aGuestsStateThatWasTakenBackIsSentForAnotherMayHaveBeenSince() {
        put(guest(ONE, "A", "a@example.com"));
        complete(new Acknowledged(claimOne(at(1)), null), at(1));
        put(guest(TWO, "B", "a@example.com", LATER));
        complete(new Acknowledged(claimOne(at(2)), null), at(2));
        put(guest(ONE, "A2", "a@example.com", LATER + 1));
        put(guest(ONE, "A", "a@example.com", LATER + 2));

        Claim back = claimOne(at(3));
        assertThat(back.payload()).isEqualTo(payload("A"));
        assertThat(back.rival()).isEqualTo(Rival.NONE);
    }

    @Test
    default void norIsItTakenForWhatYotpoHasWhereTheGuestHadAnAccountInBetween() {
        put(guest(ONE, "A", "a@example.com"));
        complete(new Acknowledged(claimOne(at(1)), null), at(1));
        put(guest(TWO, "B", "a@example.com", LATER));
        complete(new Acknowledged(claimOne(at(2)), null), at(2));
        put(registered(ONE, "A2", "a@example.com"));
        put(guest(ONE, "A", "a@example.com", LATER + 2));

        assertThat(claimOne(at(3)).payload()).isEqualTo(payload("A"));
    }

    @Test
    default void aRegisteredCustomerWaitsForAGuestOfTheSameContactWhoIsUnderWay() {
        put(guest(ONE, "A", "a@example.com"));
        claimOne(at(1));
        put(registered(TWO, "B", "a@example.com"));
        put(registered(key(EU, "3"), "C", "c@example.com"));

        assertThat(claim(at(2)))
                .extracting(Claim::key, Claim::rival)
                .containsExactlyInAnyOrder(tuple(TWO, Rival.UNDER_WAY), tuple(key(EU, "3"), Rival.NONE));
    }

    @Test
    default void whatVanishedWithItsSenderIsWaitedForNoLongerThanItsLease() {
        put(guest(ONE, "A", "a@example.com"));
        claimOne(at(1));
        put(guest(TWO, "B", "a@example.com", LATER));

        assertThat(claim(at(1000)))
                .extracting(Claim::key, Claim::rival)
                .containsExactlyInAnyOrder(tuple(ONE, Rival.LATER_PENDING), tuple(TWO, Rival.NONE));
    }

    @Test
    default void aSupersededStateIsInSyncWithItsNoteAndWhatWasAcknowledgedBefore() {
        sync("A");
        put(live(ONE, "B"));
        Claim claim = claimOne(at(2));
        complete(new RetryAt(claim, at(3), true, DOWN), at(2));

        complete(new Completion.Superseded(claimOne(at(3)), "not sent: another"), at(4));

        assertThat(row().status()).isEqualTo(IN_SYNC);
        assertThat(row().note()).isEqualTo("not sent: another");
        assertThat(row().failure()).isNull();
        assertThat(row().attempts()).isZero();
        assertThat(row().acknowledged()).isEqualTo(print("A"));
        assertThat(row().acknowledgedAt()).isEqualTo(at(1));
        assertThat(outbox().requeue(LedgerQuery.all().withStatus(IN_SYNC), at(5)))
                .isZero();
        put(live(ONE, "C"));
        assertThat(claimOne(at(6)).payload()).isEqualTo(payload("C"));
    }

    @Test
    default void aSupersededStateThatIsSavedAgainIsTheLatestAndIsSent() {
        put(guest(ONE, "A", "a@example.com", 1_001));
        complete(new Completion.Superseded(claimOne(T0), "another's"), at(1));
        put(guest(ONE, "A", "a@example.com", 1_001));
        assertThat(row().status()).isEqualTo(IN_SYNC);

        put(guest(ONE, "A", "a@example.com", 2_001));

        assertThat(row().status()).isEqualTo(PENDING);
        assertThat(claimOne(at(2)).payload()).isEqualTo(payload("A"));
    }

    @Test
    default void whoWaitedForAnotherIsDueAgainWithItsNextState() {
        put(guest(ONE, "A", "a@example.com"));
        complete(new RetryAt(claimOne(T0), at(300), false, WAITS), at(1));
        put(guest(ONE, "A", "a@example.com"));
        assertThat(claim(at(2))).isEmpty();

        put(guest(ONE, "B", "b@example.com", LATER));

        assertThat(claim(at(2))).hasSize(1);
    }

    @Test
    default void aSaveMakesNobodyWaitLongerWhoWaitedForAnother() {
        put(guest(ONE, "A", "a@example.com"));
        put(guest(TWO, "A", "b@example.com"));
        List<Claim> claims = claim(at(1));
        complete(new RetryAt(of(ONE, claims), at(3), false, WAITS), at(1));
        complete(new RetryAt(of(TWO, claims), at(3), false, WAITS), at(1));

        put(notBefore(guest(ONE, "A", "a@example.com", LATER), at(600)));
        put(notBefore(guest(TWO, "B", "b@example.com", LATER), at(600)));

        assertThat(claim(at(3))).hasSize(2);
    }

    @Test
    default void whoWaitedForALaterOneIsDueWhenSavedAgainForThatOneWaitsForItNow() {
        put(guest(ONE, "A", "a@example.com"));
        put(guest(TWO, "B", "a@example.com", LATER));
        List<Claim> claims = claim(at(1));
        complete(new RetryAt(of(ONE, claims), at(300), false, WAITS), at(1));
        complete(new RetryAt(of(TWO, claims), at(2), true, DOWN), at(1));

        put(guest(ONE, "A", "a@example.com", LATER + 1));

        assertThat(claim(at(2)))
                .extracting(Claim::key, Claim::rival)
                .containsExactlyInAnyOrder(tuple(ONE, Rival.NONE), tuple(TWO, Rival.LATER_PENDING));
    }

    @Test
    default void whoIsSavedWhileItIsLookedAtWaitsForNobodyToo() {
        put(guest(ONE, "A", "a@example.com"));
        Claim claim = claimOne(T0);
        put(registered(ONE, "B", "b@example.com"));

        complete(new RetryAt(claim, at(300), false, WAITS), at(1));

        assertThat(claim(at(1))).hasSize(1);
    }

    @Test
    default void aSaveWhileItIsSupersededStaysPending() {
        put(live(ONE, "A"));
        Claim claim = claimOne(at(1));
        put(live(ONE, "B"));

        complete(new Completion.Superseded(claim, "not sent: another"), at(2));

        assertThat(claimOne(at(2)).payload()).isEqualTo(payload("B"));
    }

    @Test
    default void aGuestsFormerContactIsCountedAndARegisteredCustomersIsNot() {
        put(guest(ONE, "A", "a@example.com"));
        put(guest(ONE, "B", "b@example.com"));
        put(registered(TWO, "A", "a@example.com"));
        put(registered(TWO, "B", "c@example.com"));

        assertThat(row().formerContacts()).isEqualTo(1);
        assertThat(outbox().find(TWO))
                .hasValueSatisfying(row -> assertThat(row.formerContacts()).isZero());
    }
}
