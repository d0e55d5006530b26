package io.yotposync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.yotposync.client.CustomerLookup;
import io.yotposync.client.Outcome;
import io.yotposync.customer.Address;
import io.yotposync.customer.CustomerSaved;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.customer.Phone;
import io.yotposync.identity.Identified;
import io.yotposync.observe.SkipReason;
import io.yotposync.outbox.Claim;
import io.yotposync.outbox.Completion;
import io.yotposync.outbox.Desired;
import io.yotposync.outbox.Failure;
import io.yotposync.outbox.Origin;
import io.yotposync.payload.AddressProperty;
import io.yotposync.payload.CustomerPayload;
import io.yotposync.payload.CustomerProperty;
import io.yotposync.payload.Fingerprint;
import io.yotposync.payload.RenderedPayload;
import io.yotposync.prepare.Prepared;
import io.yotposync.store.Credentials;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreSettings;
import io.yotposync.store.Stores;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No value shows a customer's data or a secret, however deep inside of another it is. */
class RedactionTest {

    private static final String CANARY = "canary";
    private static final String EMAIL = CANARY + "@example.com";
    private static final CustomerKey KEY = new CustomerKey(StoreKey.DEFAULT, "7");
    private static final Fingerprint PRINT = Fingerprint.of(CANARY);

    @ParameterizedTest
    @MethodSource("values")
    void showsNoCanary(Object value) {
        assertThat(value.toString())
                .doesNotContainIgnoringCase(CANARY)
                .doesNotContain("+447911123456")
                .contains(value.getClass().getSimpleName());
    }

    static Stream<Object> values() {
        Phone phone = new Phone("+447911123456", CANARY);
        Address address = new Address(CANARY, CANARY, CANARY, CANARY, CANARY, CANARY, CANARY, CANARY, phone);
        CustomerSnapshot snapshot = CustomerSnapshot.of("7")
                .email(EMAIL)
                .name(CANARY, CANARY)
                .gender(CANARY)
                .language(CANARY)
                .currency(CANARY)
                .phone(phone)
                .address(address)
                .attribute("a", CANARY)
                .property("p", CANARY)
                .build();
        Credentials credentials = new Credentials("app-key-" + CANARY, "secret-" + CANARY);
        StoreSettings store = StoreSettings.of(StoreKey.DEFAULT, credentials);
        CustomerPayload payload = CustomerPayload.builder()
                .set(CustomerProperty.EMAIL, EMAIL)
                .set(CustomerProperty.FIRST_NAME, CANARY)
                .address(AddressProperty.COUNTRY_CODE, "GB")
                .address(AddressProperty.CITY, CANARY)
                .custom("key", CANARY)
                .build();
        Desired desired = new Desired(KEY, CANARY, PRINT, 1, Origin.LIVE, Samples.NOW);
        Claim claim = new Claim(KEY, "t", CANARY, PRINT, 0, Origin.LIVE);
        Prepared ready = Samples.preparation(new Stores(List.of(store))).prepare(snapshot, store, Origin.LIVE);
        return Stream.of(
                phone,
                address,
                snapshot,
                new CustomerSaved(snapshot),
                credentials,
                store,
                new Identified(CANARY, EMAIL, "+447911123456"),
                payload,
                new RenderedPayload(CANARY, PRINT, null),
                desired,
                claim,
                new Completion.Acknowledged(claim, null),
                new Completion.Parked(claim, Failure.ABANDONED),
                new Completion.Released(claim),
                new Completion.RetryAt(claim, Samples.NOW, true, Failure.ABANDONED),
                ready,
                new Prepared.Ready(desired),
                new Prepared.Skipped(SkipReason.FAILED),
                new CustomerLookup.Wanted("email", List.of(EMAIL)),
                new CustomerLookup.Found(List.of(TextNode.valueOf(CANARY))),
                new Outcome.Accepted(200, "without tags", CANARY));
    }
}
