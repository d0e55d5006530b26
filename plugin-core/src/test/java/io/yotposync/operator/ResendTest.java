package io.yotposync.operator;

import static io.yotposync.operator.OneShop.OPERATOR;
import static io.yotposync.operator.OneShop.T0;
import static io.yotposync.operator.OneShop.customer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.yotposync.outbox.Completion;
import io.yotposync.outbox.LedgerRow;
import io.yotposync.outbox.LedgerStatus;
import io.yotposync.payload.Fingerprint;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ResendTest {
    private final OneShop shop = new OneShop();
    private final Controls controls = shop.controls();

    @Test
    void resendsWhatWaitsAtOnce() {
        shop.save("1", "A");
        shop.answer(claim -> new Completion.RetryAt(claim, T0.plusSeconds(600), true, OneShop.OUTAGE));
        shop.clock.forward(Duration.ofSeconds(1));

        assertThat(controls.resend(customer("1"), OPERATOR).message()).isEqualTo("It is sent once more.");
        assertThat(shop.outbox.find(customer("1")).map(LedgerRow::nextAttemptAt))
                .contains(T0.plusSeconds(1));
    }

    @Test
    void saysWhatAResendWaitsFor() {
        shop.save("1", "A");
        shop.stores.pause(OneShop.DEFAULT, "maintenance");
        assertThat(controls.resend(customer("1"), OPERATOR).message())
                .isEqualTo("It is sent once more when store default is resumed.");

        shop.stores.disable(OneShop.DEFAULT);
        assertThat(controls.resend(customer("1"), OPERATOR).message())
                .isEqualTo("It is sent once more when store default is switched on.");

        shop.stores.enable(OneShop.DEFAULT);
        shop.stores.resume(OneShop.DEFAULT);
        shop.states.update(OneShop.DEFAULT, state -> state.heldFor("the secret is refused", T0.plusSeconds(60)));
        assertThat(controls.resend(customer("1"), OPERATOR).message())
                .isEqualTo("It is sent once more when store default is no longer held.");
    }

    @Test
    void whatWasRefusedIsReadFromTheShopAgainBeforeItIsResent() {
        shop.park("1");
        CatchUp catchUp = mock(CatchUp.class);
        doAnswer(call -> {
                    shop.save("1", "corrected");
                    return true;
                })
                .when(catchUp)
                .resend(customer("1"));

        assertThat(shop.controls(catchUp).resend(customer("1"), OPERATOR).message())
                .isEqualTo("It is sent once more.");
        assertThat(shop.outbox.find(customer("1")).map(LedgerRow::desired)).contains(Fingerprint.of("corrected"));
        assertThat(shop.status("1")).isEqualTo(LedgerStatus.PENDING);
    }

    @Test
    void whatWasRefusedAndIsNoLongerInTheShopIsNotResent() {
        shop.park("1");
        Controls reading = shop.controls(mock(CatchUp.class));

        assertThat(reading.resend(customer("1"), OPERATOR).message()).contains("no such customer for store default");
        assertThat(shop.status("1")).isEqualTo(LedgerStatus.PARKED);
    }

    @Test
    void whoCannotBeReadIsNotTakenForOneWhoIsNotThere() {
        CatchUp catchUp = mock(CatchUp.class);
        Controls reading = shop.controls(catchUp);
        when(catchUp.unreadable(customer("1"))).thenReturn("java.lang.IllegalStateException");
        shop.park("1");
        String message = "Nothing was sent: the customer cannot be read (java.lang.IllegalStateException)."
                + " What was kept of a refused one is sent by retry.";

        assertThat(reading.resend(customer("1"), OPERATOR).message()).isEqualTo(message); // read as half of one
        when(catchUp.resend(customer("1"))).thenThrow(new IllegalStateException("canary"));
        assertThat(reading.resend(customer("1"), OPERATOR).message()).isEqualTo(message);
        assertThat(shop.status("1")).isEqualTo(LedgerStatus.PARKED);
    }

    @Test
    void whatWasRefusedIsResentAsItWasKeptWhereTheShopCannotBeRead() {
        shop.park("1");

        assertThat(controls.resend(customer("1"), OPERATOR).message()).isEqualTo("It is sent once more.");
        assertThat(shop.status("1")).isEqualTo(LedgerStatus.PENDING);
    }

    @Test
    void saysThatThereIsNobodyToResend() {
        Controls reading = shop.controls(mock(CatchUp.class));

        assertThat(reading.resend(customer("9"), OPERATOR).message()).contains("no such customer for store default");
    }

    @Test
    void whatIsInSyncIsResentByTheHostsSource() {
        shop.save("1", "A");
        shop.answer(claim -> new Completion.Acknowledged(claim, null));

        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> controls.resend(customer("1"), OPERATOR))
                .withMessageContaining("no customer source");
    }
}
