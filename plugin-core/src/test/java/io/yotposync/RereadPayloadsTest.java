package io.yotposync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.yotposync.customer.Consent;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.identity.CustomerIdentifier;
import io.yotposync.identity.PhoneNumbers;
import io.yotposync.outbox.Claim;
import io.yotposync.outbox.Desired;
import io.yotposync.outbox.Origin;
import io.yotposync.payload.CustomerPayload;
import io.yotposync.payload.CustomerProperty;
import io.yotposync.payload.Fingerprint;
import io.yotposync.payload.PayloadMapper;
import io.yotposync.prepare.Preparation;
import io.yotposync.prepare.Prepared;
import io.yotposync.scan.WaitingStates;
import io.yotposync.source.CustomerSource;
import io.yotposync.store.Credentials;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.IdentifierSettings;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreSettings;
import io.yotposync.store.Stores;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RereadPayloadsTest {

    private static final Claim CLAIM =
            new Claim(new CustomerKey(StoreKey.DEFAULT, "7"), "token", "", Fingerprint.of("older"), 2, Origin.LIVE);

    private final Map<String, CustomerSnapshot> customers = new HashMap<>();
    private final StoreSettings store = StoreSettings.of(StoreKey.DEFAULT, new Credentials("app", "secret"));
    private final Stores stores = new Stores(List.of(store));
    private final PhoneNumbers phones = PhoneNumbers.standard();
    private final PayloadMapper mapper = new PayloadMapper(stores, phones, List.of());
    private final Preparation preparation = new Preparation(new CustomerIdentifier(phones), mapper, Clock.systemUTC());
    private final RereadPayloads payloads =
            new RereadPayloads(new Customers(), preparation, stores, new WaitingStates(mapper));

    @Test
    void theCustomerIsSentAsItIsNow() {
        customers.put("7", CustomerSnapshot.of("7").email("a@example.com").build());

        Claim full = payloads.of(CLAIM).orElseThrow();

        assertThat(full.payload()).contains("\"email\":\"a@example.com\"");
        assertThat(full.fingerprint()).isNotEqualTo(CLAIM.fingerprint());
        assertThat(full.token()).isEqualTo("token");
        assertThat(full.attempts()).isEqualTo(2);
    }

    @Test
    void aCustomerWhoIsGoneIsNotSent() {
        assertThat(payloads.of(CLAIM)).isEmpty();
    }

    @Test
    void norOneWhoCanNoLongerBeIdentified() {
        customers.put("7", CustomerSnapshot.of("7").registered(false).build());

        assertThat(payloads.of(CLAIM)).isEmpty();
    }

    @Test
    void halfACustomerIsNotSent() {
        customers.put(
                "7",
                CustomerSnapshot.of("7").email("a@example.com").partial(true).build());

        assertThatIllegalStateException().isThrownBy(() -> payloads.of(CLAIM));
    }

    @Test
    void aConsentThatABackfillHeldBackIsHeldBackWhenTheCustomerIsRead() {
        CustomerSnapshot chosen = CustomerSnapshot.of("7")
                .email("a@example.com")
                .emailMarketing(Consent.GRANTED)
                .build();
        customers.put("7", chosen);
        Fingerprint whole = ready(chosen).fingerprint();
        Claim heldBack = claim(whole.withoutConsent(), Origin.SCAN);

        Claim full = payloads.of(heldBack).orElseThrow();

        assertThat(full.payload()).contains("a@example.com").doesNotContain("accepts_");
        assertThat(full.fingerprint()).isEqualTo(heldBack.fingerprint());
        assertThat(payloads.of(claim(whole, Origin.SCAN)).orElseThrow().payload())
                .contains("accepts_email_marketing");
        assertThat(payloads.of(CLAIM).orElseThrow().payload()).contains("accepts_email_marketing");
    }

    @Test
    void itIsHeldBackAlsoOfOneWhoChangedSinceAndAcknowledgedAsNoState() {
        CustomerSnapshot chosen = CustomerSnapshot.of("7")
                .email("a@example.com")
                .emailMarketing(Consent.DENIED)
                .build();
        customers.put("7", chosen);
        Fingerprint whole = ready(chosen).fingerprint();

        Claim full = payloads.of(claim(Fingerprint.of("older").withoutConsent(), Origin.SCAN))
                .orElseThrow();

        assertThat(full.payload()).contains("a@example.com").doesNotContain("accepts_");
        assertThat(full.fingerprint()).isNotIn(whole, whole.withoutConsent());
        assertThat(full.fingerprint().isWithoutConsent()).isTrue();
    }

    @Test
    void theLastWordsOfOneWhoIsGoneAreSaid() {
        CustomerPayload words = CustomerPayload.builder()
                .set(CustomerProperty.EXTERNAL_ID, "7")
                .set(CustomerProperty.ACCOUNT_STATUS, "disabled")
                .build();
        Claim farewell = claim(mapper.render(words, store).fingerprint(), Origin.LIVE);

        Claim full = payloads.of(farewell).orElseThrow();

        assertThat(full.payload()).contains("\"external_id\":\"7\"").contains("disabled");
        assertThat(full.fingerprint()).isEqualTo(farewell.fingerprint());
    }

    @Test
    void theLastWordsOfOneWhomTheShopKnowsByAnotherIdAreSaidByThat() {
        StoreSettings byNumber =
                store.withIdentifier(Samples.identifiers("number", IdentifierSettings.Preference.EMAIL, false));
        customers.put("7", CustomerSnapshot.of("7").property("number", "N7").build());
        CustomerPayload words = CustomerPayload.builder()
                .set(CustomerProperty.EXTERNAL_ID, "N7")
                .set(CustomerProperty.ACCOUNT_STATUS, "disabled")
                .build();
        Claim farewell = claim(mapper.render(words, byNumber).fingerprint(), Origin.SCAN);

        Claim full = new RereadPayloads(
                        new Customers(), preparation, new Stores(List.of(byNumber)), new WaitingStates(mapper))
                .of(farewell)
                .orElseThrow();

        assertThat(full.payload()).contains("\"external_id\":\"N7\"").contains("disabled");
        assertThat(full.fingerprint()).isEqualTo(farewell.fingerprint());
    }

    private static Claim claim(Fingerprint wanted, Origin origin) {
        return new Claim(CLAIM.key(), "token", "", wanted, 0, origin);
    }

    private Desired ready(CustomerSnapshot customer) {
        return ((Prepared.Ready) preparation.prepare(customer, store, Origin.SCAN)).desired();
    }

    private final class Customers implements CustomerSource {

        @Override
        public List<String> idsAfter(@Nullable String after, int max) {
            return List.of();
        }

        @Override
        public List<String> idsChangedSince(Instant since, @Nullable String after, int max) {
            return List.of();
        }

        @Override
        public Optional<CustomerSnapshot> find(String id) {
            return Optional.ofNullable(customers.get(id));
        }
    }
}
