package io.yotposync.scan;

import static io.yotposync.scan.ScanShop.A_DAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.Samples;
import io.yotposync.customer.Consent;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.customer.Phone;
import io.yotposync.outbox.Claim;
import io.yotposync.store.IdentifierSettings;
import io.yotposync.store.StoreSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Customers whom the shop keeps, but of whom nothing personal is left. */
class AnonymisedTest {

    private static final String DISABLED = "{\"customer\":{\"external_id\":\"1\",\"account_status\":\"disabled\"}}";

    private static final Phone PHONE = new Phone("+4915112345678", null);

    private ScanShop shop = new ScanShop();
    private Scanner node = shop.node("a");

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void whoIsDisabledStaysSo(String blank) {
        known(somebody());
        shop.source.put(CustomerSnapshot.of("1")
                .email(blank)
                .name(blank, blank)
                .updatedAt(shop.clock.instant())
                .build());

        sweep();
        assertThat(sent()).containsExactly(DISABLED);

        sweep();
        shop.clock.forward(shop.settings.catchUp().changesEvery());
        shop.run(node);
        assertThat(sent()).isEmpty();
    }

    /** A save sends what there is, and knows nothing of what there was. */
    @Test
    void whoBecameNobodyByASaveIsDisabledByTheNextScan() {
        known(somebody());
        save(nobody());
        assertThat(sent()).singleElement().asString().contains("enabled");

        shop.clock.forward(shop.settings.catchUp().changesEvery());
        shop.run(node);

        assertThat(sent()).containsExactly(DISABLED);
        sweep();
        assertThat(sent()).isEmpty();
    }

    @Test
    void aSaveOfOneWhoIsDisabledIsFollowedByAnotherEnd() {
        known(somebody());
        shop.source.put(nobody());
        sweep();
        sent();
        save(nobody());
        sent();

        sweep();

        assertThat(sent()).containsExactly(DISABLED);
    }

    @Test
    void whoHadNamesOnlyIsDisabledToo() {
        known(CustomerSnapshot.of("1").name("A", null));
        shop.source.put(nobody());

        sweep();

        assertThat(sent()).containsExactly(DISABLED);
    }

    @Test
    void whoNeverHadAnyStaysEnabled() {
        known(CustomerSnapshot.of("1").gender("F"));
        shop.source.put(nobody());

        sweep();

        assertThat(sent()).singleElement().asString().contains("enabled");
    }

    @Test
    void whoIsSomebodyAgainIsEnabledAgain() {
        known(somebody());
        shop.source.put(nobody());
        sweep();
        sent();

        shop.source.put(somebody().updatedAt(shop.clock.instant()).build());
        sweep();

        assertThat(sent()).singleElement().asString().contains("enabled").contains("c1@example.com");
        sweep();
        assertThat(sent()).isEmpty();
    }

    @Test
    void whoIsKnownByAnotherIdThatTheShopStillHasIsDisabledByThat() {
        shopOfNumbers();
        known(somebody().property("number", "N1"));
        shop.source.put(CustomerSnapshot.of("1")
                .property("number", "N1")
                .updatedAt(shop.clock.instant())
                .build());

        sweep();

        assertThat(sent()).containsExactly(DISABLED.replace("\"1\"", "\"N1\""));
        sweep();
        assertThat(sent()).isEmpty();
        assertThat(counts().of(Tally.OUT_OF_REACH)).isZero();
    }

    @Test
    void whoIsKnownByAnIdThatWentTooIsOutOfReach() {
        shopOfNumbers();
        known(somebody().property("number", "N1"));
        shop.source.put(nobody());

        sweep();

        assertThat(sent()).isEmpty();
        assertThat(counts().of(Tally.OUT_OF_REACH)).isOne();
    }

    /** What Yotpo has by the id of now may be somebody else. */
    @Test
    void whoHasAnotherIdNowThanYotpoWasToldIsNotDisabledByThat() {
        shopOfNumbers();
        known(somebody().property("number", "N1"));
        shop.source.put(CustomerSnapshot.of("1")
                .property("number", "N2")
                .updatedAt(shop.clock.instant())
                .build());

        sweep();

        assertThat(sent()).noneMatch(body -> body.contains("disabled"));
    }

    /** A choice is one, of whomever. */
    @Test
    void whoIsNotToBeDisabledIsScannedAsOthersAre() {
        ScanSettings.Leavers disabled = shop.settings.leavers();
        shop.settings = shop.settings.withLeavers(
                new ScanSettings.Leavers(ScanSettings.Leaving.IGNORE, disabled.grace(), disabled.retention()));
        node = shop.node("a");
        known(somebody().emailMarketing(Consent.GRANTED));
        CustomerSnapshot.Builder rest = CustomerSnapshot.of("1").updatedAt(shop.clock.instant());
        save(rest.emailMarketing(Consent.GRANTED).build());
        sent();
        shop.source.put(rest.emailMarketing(Consent.DENIED).build());

        sweep();

        assertThat(sent()).singleElement().asString().contains("\"accepts_email_marketing\":false", "enabled");
        sweep();
        assertThat(sent()).isEmpty();
    }

    /** Somebody is there who can be told by it. */
    @Test
    void whoHasAnEmailOfNoUseStaysEnabled() {
        known(CustomerSnapshot.of("1").email("c1@example.com"));

        staysEnabledAs(CustomerSnapshot.of("1").email("c1 at example,com"));
    }

    @Test
    void whoNeverHadANameAndStillHasAPhoneNumberStaysEnabled() {
        shopOfPhones();
        known(CustomerSnapshot.of("1").email("c1@example.com").phone(PHONE));

        staysEnabledAs(CustomerSnapshot.of("1").phone(PHONE));
    }

    @Test
    void whoLostANameIsDisabledThoughAPhoneNumberIsLeft() {
        shopOfPhones();
        known(somebody().phone(PHONE));
        shop.source.put(CustomerSnapshot.of("1")
                .phone(PHONE)
                .updatedAt(shop.clock.instant())
                .build());

        sweep();

        assertThat(sent()).containsExactly(DISABLED);
    }

    @Test
    void aValueThatReadsLikeAFieldIsNone() {
        shop = new ScanShop(
                List.of(Samples.store("default").withMapping(Samples.attributes(Map.of("channel", "tags"), false))));
        node = shop.node("a");
        known(somebody().attribute("channel", "email"));
        shop.source.put(CustomerSnapshot.of("1")
                .attribute("channel", "email")
                .updatedAt(shop.clock.instant())
                .build());

        sweep();

        assertThat(sent()).containsExactly(DISABLED);
    }

    /** Its transaction may be longer than a scan's second. */
    @Test
    void aSaveThatIsCommittedAfterTheScanReadNobodyWins() {
        known(somebody());
        shop.source.put(nobody());
        shop.clock.forward(A_DAY);
        CustomerSnapshot back =
                somebody().name("Ada", "B").updatedAt(shop.clock.instant()).build();
        shop.clock.forward(Duration.ofSeconds(5));
        shop.sweep(node);
        save(back);

        assertThat(sent()).singleElement().asString().contains("Ada", "enabled");
    }

    @Test
    void whoIsDisabledIsNotSentAgainByItself() {
        known(somebody());
        shop.source.put(nobody());
        sweep();
        sent();
        StoreSettings store = shop.stores.get(ScanShop.STORE);

        assertThat(shop.resending().corrected(store, Map.of("1", Set.of()))).isEmpty();
        assertThat(shop.resending().again(store, List.of("1"))).isEmpty();
        assertThat(sent()).isEmpty();
    }

    @Test
    void whoIsOutOfReachIsForgottenAfterTheRetentionTime() {
        known(somebody().registered(false));
        shop.source.put(CustomerSnapshot.of("1").registered(false).build());
        sweep();
        assertThat(counts().of(Tally.OUT_OF_REACH)).isOne();
        assertThat(shop.row(1)).isPresent();

        shop.clock.forward(shop.settings.leavers().retention());
        sweep();

        assertThat(counts().of(Tally.PURGED)).isOne();
        assertThat(shop.row(1)).isEmpty();
        sweep();
        assertThat(shop.row(1)).isEmpty();
        assertThat(sent()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whomNothingIdentifiesIsForgottenAfterTheRetentionTimeIfYotpoTookTheEnd(boolean taken) {
        known(somebody());
        shop.source.put(CustomerSnapshot.of("1").registered(false).build());
        sweep();
        if (taken) {
            assertThat(sent()).containsExactly(DISABLED);
        } else {
            shop.refuse(ScanShop.STORE);
        }

        shop.clock.forward(shop.settings.leavers().retention());
        sweep();

        assertThat(shop.row(1).isEmpty()).isEqualTo(taken);
    }

    /** Else the next scan would take it for a new customer, and enable it. */
    @Test
    void whoIsStillIdentifiedIsNeverForgotten() {
        known(somebody());
        shop.source.put(nobody());
        sweep();
        sent();

        shop.clock.forward(shop.settings.leavers().retention());
        sweep();

        assertThat(shop.row(1)).isPresent();
        assertThat(sent()).isEmpty();
    }

    private void staysEnabledAs(CustomerSnapshot.Builder customer) {
        save(customer.updatedAt(shop.clock.instant()).build());
        assertThat(sent()).singleElement().asString().contains("enabled");

        sweep();

        assertThat(sent()).isEmpty();
    }

    private void shopOfPhones() {
        StoreSettings withPhones = Samples.store("default")
                .withIdentifier(Samples.identifiers("id", IdentifierSettings.Preference.EMAIL, true));
        shop = new ScanShop(List.of(withPhones));
        node = shop.node("a");
    }

    private void shopOfNumbers() {
        StoreSettings byNumber = Samples.store("default")
                .withIdentifier(Samples.identifiers("number", IdentifierSettings.Preference.EMAIL, false));
        shop = new ScanShop(List.of(byNumber));
        node = shop.node("a");
    }

    private ScanCounts counts() {
        return shop.scans.find(ScanJob.sweep(ScanShop.STORE)).orElseThrow().counts();
    }

    private static CustomerSnapshot.Builder somebody() {
        return CustomerSnapshot.of("1").email("c1@example.com").name("A", "B");
    }

    private CustomerSnapshot nobody() {
        return CustomerSnapshot.of("1").updatedAt(shop.clock.instant()).build();
    }

    /** A while ago. */
    private void known(CustomerSnapshot.Builder customer) {
        save(customer.updatedAt(shop.clock.instant()).build());
        assertThat(sent()).hasSize(1);
        shop.backfilled(node);
        shop.clock.forward(Duration.ofHours(1));
    }

    private void save(CustomerSnapshot customer) {
        shop.source.put(customer);
        shop.sync.accept(customer);
    }

    private void sweep() {
        shop.clock.forward(A_DAY);
        shop.sweep(node);
    }

    private List<String> sent() {
        return shop.sendLater().stream().map(Claim::payload).toList();
    }
}
