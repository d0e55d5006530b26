package io.yotposync.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.customer.CustomerSnapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When anonymised customers are no more in the ledger. */
class AnonymisedForgottenTest extends AnonymisedScene {

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
}
