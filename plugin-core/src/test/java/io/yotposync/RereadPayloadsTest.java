package io.yotposync;

import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.identity.CustomerIdentifier;
import io.yotposync.identity.PhoneNumbers;
import io.yotposync.outbox.Claim;
import io.yotposync.outbox.Origin;
import io.yotposync.payload.Fingerprint;
import io.yotposync.payload.PayloadMapper;
import io.yotposync.source.CustomerSource;
import io.yotposync.store.Credentials;
import io.yotposync.store.CustomerKey;
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
    private final RereadPayloads payloads = payloads();

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

    private RereadPayloads payloads() {
        Stores stores = new Stores(List.of(StoreSettings.of(StoreKey.DEFAULT, new Credentials("app", "secret"))));
        PhoneNumbers phones = PhoneNumbers.standard();
        Preparation preparation = new Preparation(
                new CustomerIdentifier(phones), new PayloadMapper(stores, phones, List.of()), Clock.systemUTC());
        return new RereadPayloads(new Customers(), preparation, stores);
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
