package io.yotposync.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yotposync.conversation.StrictYotpo.Answer;
import io.yotposync.outbox.FailureClass;
import io.yotposync.outbox.LedgerQuery;
import io.yotposync.outbox.LedgerRow;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What becomes of a customer of whom Yotpo refuses a field, over HTTP. */
@Tag("long")
class LeftOutFieldsIT {

    @Test
    void aRefusedOptionalFieldIsLeftOutAndNoted() {
        try (StrictYotpo yotpo = new StrictYotpo(0)) {
            yotpo.ill(request -> request.body().contains("first_name")
                    ? Answer.of(422, "{\"errors\":[{\"message\":\"first_name Canaria is not allowed\"}]}")
                    : null);
            try (Node node = new Node(yotpo.url(), 0, 5).start()) {
                node.save("c1", ",\"first_name\":\"Canaria\",\"last_name\":\"Vogel\"");
                node.awaitInSync(1);

                assertThat(node.row("c1").note()).isEqualTo("without first_name: first_name *** is not allowed");
                assertThat(node.row("c1").failure()).isNull();
                assertThat(node.acknowledged("c1")).contains("last_name").doesNotContain("first_name");
                assertThat(Objects.requireNonNull(yotpo.customers().get("c1")).has("first_name"))
                        .isFalse();
                assertThat(Objects.requireNonNull(yotpo.customers().get("c1")).has("last_name"))
                        .isTrue();
                assertThat(yotpo.patches()).hasSize(2);
            }
        }
    }

    @Test
    void refusedAgainItIsParkedWithTheFirstReasonAndCanBeReplayedByClass() {
        try (StrictYotpo yotpo = new StrictYotpo(0)) {
            AtomicInteger number = new AtomicInteger();
            yotpo.ill(request -> request.method().equals("PATCH")
                    ? Answer.of(400, "{\"errors\":[{\"message\":\"tags no. " + number.incrementAndGet() + "\"}]}")
                    : null);
            try (Node node = new Node(yotpo.url(), 0, 5).start()) {
                node.save("c1", ",\"tags\":\"vip\"");
                await().atMost(Node.PATIENCE).until(() -> node.counts().parked() == 1);
                LedgerRow row = node.row("c1");
                assertThat(Objects.requireNonNull(row.failure()).reason()).isEqualTo("tags no. 1");
                assertThat(row.failure().status()).isEqualTo(400);
                assertThat(row.failure().kind().fix(row.key().store())).isNotEmpty();
                assertThat(yotpo.patches()).hasSize(2);

                yotpo.ill(request -> null);
                assertThat(node.outbox.requeue(LedgerQuery.parked().withFailure(FailureClass.CONFLICT), Instant.now()))
                        .isZero();
                assertThat(node.outbox.requeue(
                                LedgerQuery.parked().withStore(Node.STORE).withFailure(FailureClass.VALIDATION),
                                Instant.now()))
                        .isEqualTo(1);
                node.dispatcher.wake(Node.STORE, Instant.now());
                node.awaitInSync(1);
            }
        }
    }

    @Test
    void anIdentifierIsNeverLeftOut() {
        try (StrictYotpo yotpo = new StrictYotpo(0)) {
            yotpo.ill(request -> request.method().equals("PATCH")
                    ? Answer.of(400, "{\"errors\":[{\"message\":\"email is malformed\"}]}")
                    : null);
            try (Node node = new Node(yotpo.url(), 0, 5).start()) {
                node.save("c1", ",\"email\":\"x@y.example\"");
                await().atMost(Node.PATIENCE).until(() -> node.counts().parked() == 1);
                assertThat(yotpo.patches()).hasSize(1);
            }
        }
    }
}
