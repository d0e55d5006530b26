package io.yotposync.broadleaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import io.yotposync.customer.Consent;
import io.yotposync.customer.CustomerSnapshot;
import java.util.List;
import org.broadleafcommerce.profile.core.domain.Customer;
import org.junit.jupiter.api.Test;

class ReceiveEmailTest {

    private final CustomerReader reader = new CustomerReader(List.of());

    @Test
    void broadleafsOwnChoiceIsNotBelievedOfGuestsNorMadeUpWhereAPathNamesIt() {
        CustomerReader configured = new CustomerReader(List.of("receiveEmail"));
        Customer guest = Entities.customer();
        guest.setRegistered(false);

        assertThat(configured.read(guest).properties()).isEmpty();
        assertThat(configured.read(Entities.withReceiveEmail(null)).properties())
                .isEmpty();
    }

    @Test
    void consentThatWasNeverAskedForIsUnknown() {
        assertThat(reader.read(Entities.withReceiveEmail(null)).emailMarketing())
                .isEqualTo(Consent.UNKNOWN);
        assertThat(reader.read(Entities.withReceiveEmail(false)).emailMarketing())
                .isEqualTo(Consent.DENIED);
        assertThat(reader.read(Entities.withReceiveEmail(true)).emailMarketing())
                .isEqualTo(Consent.GRANTED);
    }

    @Test
    void aDenialIsFoundBehindAProxy() {
        assertThat(ReceiveEmail.of(Entities.proxyOf(Entities.withReceiveEmail(false))))
                .isEqualTo(Consent.DENIED);
        assertThat(ReceiveEmail.of(Entities.proxyOf(Entities.withReceiveEmail(null))))
                .isEqualTo(Consent.UNKNOWN);
        assertThat(ReceiveEmail.of(Entities.proxyOf(Entities.withReceiveEmail(true))))
                .isEqualTo(Consent.GRANTED);
    }

    @Test
    void withoutTheFieldADenialIsNotBelieved() {
        Customer foreign = mock(Customer.class);

        assertThat(ReceiveEmail.of(foreign)).isEqualTo(Consent.UNKNOWN);
    }

    @Test
    void aGuestWasNeverAsked() {
        Customer guest = Entities.customer();
        guest.setRegistered(false);

        CustomerSnapshot read = reader.read(guest);

        assertThat(read.registered()).isFalse();
        assertThat(read.emailMarketing()).isEqualTo(Consent.UNKNOWN);
    }
}
