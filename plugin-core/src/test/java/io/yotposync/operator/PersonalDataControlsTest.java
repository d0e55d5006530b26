package io.yotposync.operator;

import static io.yotposync.operator.OneShop.OPERATOR;
import static io.yotposync.operator.OneShop.T0;
import static io.yotposync.operator.OneShop.customer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.yotposync.scan.Erasure;
import io.yotposync.scan.Preview;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What an operator can do with what is known of a person: see it, or have it erased. */
class PersonalDataControlsTest {
    private final OneShop shop = new OneShop();
    private final Controls controls = shop.controls();

    @Test
    void whatIsRevealedIsWrittenDownFirst() {
        Preview.Previewed shown = showing(shop.audit).reveal(customer("1"), null, OPERATOR);

        assertThat(shown.masked()).isFalse();
        assertThat(shown).asString().doesNotContain("canary");
        assertThat(shop.audit.newest(1))
                .extracting(AuditEntry::action, AuditEntry::customer, AuditEntry::reason, AuditEntry::outcome)
                .containsExactly(tuple("reveal", "1", "because", "shown in the clear"));
    }

    @Test
    void whoMustNotSeeItDoesNotAndTheAttemptIsWrittenDown() {
        assertThatExceptionOfType(RevealRefusedException.class)
                .isThrownBy(() -> showing(shop.audit).reveal(customer("1"), "you lack the authority", OPERATOR))
                .withMessage("you lack the authority");

        assertThat(shop.audit.newest(1)).extracting(AuditEntry::outcome).containsExactly("refused");
    }

    @Test
    void nothingIsRevealedThatCannotBeWrittenDown() {
        Controls unlogged = showing(new OneShop.BrokenLog());

        assertThatIllegalStateException().isThrownBy(() -> unlogged.reveal(customer("1"), null, OPERATOR));
    }

    @Test
    void whatCouldNotBeShownIsNotLeftAsShown() {
        CatchUp catchUp = mock(CatchUp.class);
        when(catchUp.preview(customer("1"), false)).thenThrow(new IllegalStateException("unreadable"));

        assertThatIllegalStateException()
                .isThrownBy(() -> shop.controls(catchUp).reveal(customer("1"), null, OPERATOR));

        assertThat(shop.audit.newest(2))
                .extracting(AuditEntry::outcome)
                .containsExactly("failed: IllegalStateException", "shown in the clear");
    }

    @Test
    void whoAsksInAStoreThatIsNotConfiguredIsWrittenDownAsWell() {
        CustomerKey nowhere = new CustomerKey(new StoreKey("nowhere"), "1");
        CatchUp catchUp = mock(CatchUp.class);
        when(catchUp.preview(nowhere, false)).thenThrow(new IllegalArgumentException("no store 'nowhere'"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> shop.controls(catchUp).reveal(nowhere, null, OPERATOR));

        assertThat(shop.audit.newest(1))
                .extracting(AuditEntry::store, AuditEntry::outcome)
                .containsExactly(tuple("nowhere", "failed: IllegalArgumentException"));
    }

    @Test
    void anErasureIsWrittenDownWithWhatWasDoneInEachStore() {
        Done done = controls.erase("1", erasure(receipt(Erasure.Deed.DISABLING, "ask Yotpo")), OPERATOR);

        assertThat(done.message()).isEqualTo("By store: eu DISABLING; the receipts say what is left to ask of Yotpo.");
        assertThat(done.details()).containsOnlyKeys("receipts");
        assertThat(shop.audit.newest(1))
                .extracting(AuditEntry::action, AuditEntry::store, AuditEntry::customer, AuditEntry::outcome)
                .containsExactly(tuple("erase", null, "1", done.message()));
    }

    @Test
    void anErasureThatFailsIsWrittenDownToo() {
        Erasure failing = mock(Erasure.class);
        when(failing.erase("1"))
                .thenThrow(new IllegalStateException("the storage is away"))
                .thenThrow(new NoClassDefFoundError("the driver"));

        assertThatIllegalStateException().isThrownBy(() -> controls.erase("1", failing, OPERATOR));
        assertThatThrownBy(() -> controls.erase("1", failing, OPERATOR)).isInstanceOf(NoClassDefFoundError.class);

        assertThat(shop.audit.newest(2))
                .extracting(AuditEntry::outcome)
                .containsExactly("failed: NoClassDefFoundError", "failed: IllegalStateException");
    }

    @Test
    void anErasureSaysWhetherAnyStoreKnewTheCustomerAndWhetherSomethingIsLeft() {
        assertThat(controls.erase("1", erasure(), OPERATOR).message()).isEqualTo("No store knows this customer.");
        assertThat(controls.erase("1", erasure(receipt(Erasure.Deed.PURGED, "")), OPERATOR)
                        .message())
                .isEqualTo("By store: eu PURGED.");
    }

    private static Erasure erasure(Erasure.Receipt... receipts) {
        Erasure erasure = mock(Erasure.class);
        when(erasure.erase("1")).thenReturn(List.of(receipts));
        return erasure;
    }

    private static Erasure.Receipt receipt(Erasure.Deed done, String left) {
        return new Erasure.Receipt("eu", done, "email", Set.of("email"), T0, null, left);
    }

    /** Of a host that shows customers. */
    private Controls showing(AuditLog audit) {
        CatchUp catchUp = mock(CatchUp.class);
        when(catchUp.preview(customer("1"), false))
                .thenReturn(new Preview.Previewed(
                        "1",
                        "default",
                        false,
                        Preview.Decision.WOULD_SEND,
                        null,
                        "email",
                        "canary@example.com",
                        null,
                        null));
        return shop.controls(catchUp, audit);
    }
}
