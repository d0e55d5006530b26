package io.yotposync.dispatch;

import io.yotposync.client.Outcome;
import io.yotposync.client.YotpoClient;
import io.yotposync.outbox.Failure;
import io.yotposync.outbox.FailureClass;
import io.yotposync.store.Credentials;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A client that notes what it is asked to send and answers when the test says so, or by a rule. */
final class FakeYotpo implements YotpoClient {

    static final Failure DOWN = new Failure(FailureClass.OUTAGE, 503, "down");
    static final Failure WRONG = new Failure(FailureClass.VALIDATION, 400, "gender is unknown");
    static final Failure REJECTED = new Failure(FailureClass.CREDENTIALS, 401, "rejected");
    static final Failure TOO_FAST = new Failure(FailureClass.QUOTA, 429, "too fast");

    record Send(StoreKey store, Credentials with, String body, CompletableFuture<Outcome> outcome) {}

    final List<Send> sends = new ArrayList<>();
    private @Nullable Function<Send, @Nullable Outcome> rule;

    void answer(Function<Send, @Nullable Outcome> with) {
        rule = with;
    }

    void accept() {
        answer(any -> new Outcome.Accepted(200));
    }

    void hold() {
        rule = null;
    }

    @Override
    public CompletableFuture<Outcome> upsert(StoreSettings store, String body) {
        Send send = new Send(store.key(), store.credentials(), body, new CompletableFuture<>());
        sends.add(send);
        Outcome at = rule == null ? null : rule.apply(send);
        if (at != null) {
            send.outcome.complete(at);
        }
        return send.outcome;
    }

    List<Send> underWay() {
        return sends.stream().filter(send -> !send.outcome.isDone()).toList();
    }

    static Outcome slowDown(@Nullable Duration asked) {
        return new Outcome.SlowDown(TOO_FAST, asked);
    }

    /** An outage that says how long it lasts. */
    static Outcome downFor(Duration asked) {
        return new Outcome.Outage(DOWN, asked);
    }
}
