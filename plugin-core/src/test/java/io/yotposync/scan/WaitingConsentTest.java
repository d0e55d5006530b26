package io.yotposync.scan;

import static io.yotposync.scan.ScanShop.A_DAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.RereadPayloads;
import io.yotposync.customer.Consent;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.outbox.Claim;
import io.yotposync.outbox.Completion;
import io.yotposync.outbox.LaneLease;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A choice about marketing that waits to be told when a scan comes by. */
class WaitingConsentTest {

    private static final String GRANTED = "\"accepts_email_marketing\":true";
    private static final String DENIED = "\"accepts_email_marketing\":false";

    private final ScanShop shop = new ScanShop();
    private final Scanner node = shop.node("a");
    private final Instant updated = shop.clock.instant().minus(Duration.ofDays(1));

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aBackfillTellsAChoiceThatWaitsOrWasRefused(boolean refused) {
        save(with("A", Consent.GRANTED));
        assertThat(sent()).contains(GRANTED);
        shop.clock.forward(A_DAY.multipliedBy(2));
        save(with("A", Consent.DENIED));
        if (refused) {
            shop.refuse(ScanShop.STORE);
        }
        changeUnheard("B", Consent.DENIED);

        backfill();
        changeUnheard("C", Consent.DENIED);
        backfill();

        assertThat(sent()).contains(DENIED).contains("\"C\"");
    }

    @Test
    void aBackfillTellsTheChoiceOfANewCustomerWhoWaits() {
        save(with("A", Consent.GRANTED));
        changeUnheard("B", Consent.GRANTED);

        backfill();

        assertThat(sent()).contains(GRANTED).contains("\"B\"");
    }

    @Test
    void aBackfillTellsAChoiceThatASweepFound() {
        save(with("A", Consent.GRANTED));
        sent();
        changeUnheard("A", Consent.DENIED);
        sweep();
        changeUnheard("B", Consent.DENIED);

        backfill();

        assertThat(sent()).contains(DENIED).contains("\"B\"");
    }

    @Test
    void aBackfillHoldsAChoiceBackThatOneBeforeItHeldBack() {
        shop.source.put(with("A", Consent.GRANTED));
        backfill();
        changeUnheard("B", Consent.GRANTED);

        backfill();

        assertThat(sent()).contains("\"B\"").doesNotContain("accepts_");
    }

    @Test
    void aChoiceThatASweepFoundIsToldThoughTheCustomerIsReadWhenItIsSent() {
        save(with("A", Consent.GRANTED));
        sent();
        changeUnheard("A", Consent.DENIED);
        sweep();
        changeUnheard("B", Consent.DENIED);

        assertThat(sentAsRead()).contains(DENIED).contains("\"B\"");
        sweep();
        assertThat(shop.sendLater()).isEmpty();
    }

    @Test
    void aChoiceMadeWhileABackfillsStateWaitsIsToldByTheNextSweep() {
        shop.source.put(with("A", Consent.GRANTED));
        backfill();
        changeUnheard("A", Consent.DENIED);

        assertThat(sentAsRead()).doesNotContain("accepts_");
        sweep();
        assertThat(sent()).contains(DENIED);
        sweep();
        assertThat(shop.sendLater()).isEmpty();
    }

    /** Its time never moves. */
    private CustomerSnapshot with(String name, Consent consent) {
        return CustomerSnapshot.of("1")
                .email("c1@example.com")
                .name(name, null)
                .emailMarketing(consent)
                .updatedAt(updated)
                .build();
    }

    private void save(CustomerSnapshot customer) {
        shop.source.put(customer);
        shop.sync.accept(customer);
    }

    /** As by SQL, or of an attribute. */
    private void changeUnheard(String name, Consent consent) {
        shop.clock.forward(Duration.ofHours(1));
        shop.source.put(with(name, consent));
    }

    private void backfill() {
        shop.backfills().start(ScanShop.STORE);
        shop.run(node);
    }

    private void sweep() {
        shop.clock.forward(A_DAY);
        shop.sweep(node);
    }

    private String sent() {
        List<Claim> sent = shop.sendLater();
        assertThat(sent).hasSize(1);
        return sent.get(0).payload();
    }

    /** Of an outbox that keeps no payloads. */
    private String sentAsRead() {
        RereadPayloads payloads =
                new RereadPayloads(shop.source, shop.preparation, shop.stores, new WaitingStates(shop.mapper));
        shop.clock.forward(Duration.ofSeconds(30));
        LaneLease lease = shop.outbox
                .lease(ScanShop.STORE, "sender", Duration.ofMinutes(1), shop.clock.instant())
                .orElseThrow();
        Claim full = payloads.of(
                        shop.outbox.claim(lease, 1, shop.clock.instant()).get(0))
                .orElseThrow();
        shop.outbox.complete(List.of(new Completion.Acknowledged(full, null)), shop.clock.instant());
        shop.outbox.release(lease);
        return full.payload();
    }
}
