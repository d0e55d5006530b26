package io.yotposync.scan;

import static io.yotposync.scan.ScanShop.A_DAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.Samples;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.outbox.Claim;
import io.yotposync.store.IdentifierSettings;
import io.yotposync.store.StoreSettings;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Customers whom the shop keeps, but of whom nothing personal is left. */
class AnonymisedTest {

    private static final String DISABLED = "{\"customer\":{\"external_id\":\"1\",\"account_status\":\"disabled\"}}";

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
        shop.clock.forward(shop.settings.changesEvery());
        shop.run(node);
        assertThat(sent()).isEmpty();
    }

    /** A save sends what there is, and knows nothing of what there was. */
    @Test
    void whoBecameNobodyByASaveIsDisabledByTheNextScan() {
        known(somebody());
        save(nobody());
        assertThat(sent()).singleElement().asString().contains("enabled");

        shop.clock.forward(shop.settings.changesEvery());
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

    @Test
    void whoIsOutOfReachIsForgottenAfterTheRetentionTime() {
        known(somebody().registered(false));
        shop.source.put(CustomerSnapshot.of("1").registered(false).build());
        sweep();
        assertThat(counts().of(Tally.OUT_OF_REACH)).isOne();
        assertThat(shop.row(1)).isPresent();

        shop.clock.forward(shop.settings.retention());
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

        shop.clock.forward(shop.settings.retention());
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

        shop.clock.forward(shop.settings.retention());
        sweep();

        assertThat(shop.row(1)).isPresent();
        assertThat(sent()).isEmpty();
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
