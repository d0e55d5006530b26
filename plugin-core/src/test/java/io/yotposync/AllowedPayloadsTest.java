package io.yotposync;

import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.dispatch.ClaimPayloads;
import io.yotposync.identity.AllowList;
import io.yotposync.outbox.Claim;
import io.yotposync.outbox.Origin;
import io.yotposync.payload.Fingerprint;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import java.util.List;
import org.junit.jupiter.api.Test;

class AllowedPayloadsTest {

    private final ClaimPayloads testers =
            new AllowedPayloads(ClaimPayloads.kept(), AllowList.of(List.of("example.com"), List.of("7")));

    @Test
    void aRowOfACopiedDatabaseIsSentOnlyIfItsCustomerIsATester() {
        assertThat(testers.of(claim("1", "{\"customer\":{\"email\":\"a@example.com\"}}")))
                .isPresent();
        assertThat(testers.of(claim("7", "{\"customer\":{\"external_id\":\"7\"}}")))
                .isPresent();
        assertThat(testers.of(claim("1", "{\"customer\":{\"email\":\"a@shopper.example\"}}")))
                .isEmpty();
        assertThat(testers.of(claim("1", "{\"customer\":{\"external_id\":\"1\"}}")))
                .isEmpty();
    }

    @Test
    void whatCannotBeReadIsNotSent() {
        assertThat(testers.of(claim("1", "not JSON"))).isEmpty();
        assertThat(testers.of(claim("1", "{\"customer\":{\"email\":{}}}"))).isEmpty();
    }

    @Test
    void withoutAListAllIsSentAsItIs() {
        Claim claim = claim("1", "not JSON");

        assertThat(new AllowedPayloads(ClaimPayloads.kept(), AllowList.EVERYONE).of(claim))
                .contains(claim);
    }

    private static Claim claim(String customer, String payload) {
        return new Claim(
                new CustomerKey(StoreKey.DEFAULT, customer), "token", payload, Fingerprint.of("x"), 0, Origin.LIVE);
    }
}
