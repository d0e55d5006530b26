package io.yotposync.scan;

import static io.yotposync.scan.ScanShop.A_DAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.customer.Consent;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.store.StoreSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Customers whom the shop keeps, but of whom nothing personal is left. */
class AnonymisedTest extends AnonymisedScene {

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
}
