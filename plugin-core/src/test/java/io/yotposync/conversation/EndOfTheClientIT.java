package io.yotposync.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yotposync.client.HttpYotpoClient;
import io.yotposync.client.Outcome;
import io.yotposync.client.Outcome.Accepted;
import io.yotposync.client.Outcome.Outage;
import io.yotposync.dispatch.SyncThreads;
import io.yotposync.store.Credentials;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreSettings;
import io.yotposync.store.Stores;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** A server takes applications down and lives on, and what one of them made for its requests must not. */
@Isolated("it looks at the threads of all")
@Tag("long")
class EndOfTheClientIT {

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final AtomicReference<String> body = new AtomicReference<>("{}");
    private final RawServer yotpo =
            new RawServer((socket, out) -> RawServer.text(out, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n" + body));
    private final StoreSettings store = StoreSettings.of(StoreKey.DEFAULT, new Credentials("app", "s3cr3t"))
            .withSending(Talk.sendingTo(yotpo.url(), PATIENCE));
    private final ScheduledExecutorService threads = SyncThreads.create();
    private final Set<Thread> before = selectors();
    private final HttpYotpoClient client = client(store, threads);

    EndOfTheClientIT() throws IOException {}

    @AfterEach
    void end() throws IOException {
        threads.shutdownNow();
        yotpo.close();
    }

    private static HttpYotpoClient client(StoreSettings store, Executor threads) {
        return HttpYotpoClient.create(
                new Stores(List.of(store)),
                (any, request) -> request.get().toCompletableFuture(),
                threads,
                Clock.systemUTC());
    }

    private Outcome send() throws Exception {
        return client.upsert(store, Talk.BODY).get(30, TimeUnit.SECONDS);
    }

    /** The JDK's own, one for each of its clients. */
    private static Set<Thread> selectors() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().endsWith("-SelectorManager"))
                .collect(Collectors.toSet());
    }

    private Thread selector() {
        Set<Thread> made = selectors();
        made.removeAll(before);
        assertThat(made).hasSize(1);
        return made.iterator().next();
    }

    private static void awaitEndOf(Thread thread) {
        await().atMost(Duration.ofMinutes(1)).until(() -> {
            System.gc();
            return !thread.isAlive();
        });
    }

    @Test
    void itsThreadEndsAlthoughTheClientItselfIsKept() throws Exception {
        assertThat(send()).isInstanceOf(Accepted.class);
        Thread selector = selector();

        client.close();

        awaitEndOf(selector);
        assertThat(send()).isNotInstanceOf(Accepted.class);
        assertThat(yotpo.patches).hasValue(1);
    }

    @Test
    void itsThreadEndsAlthoughAnAnswerIsUnderWayThatNobodyWillRead() throws Exception {
        body.set("{");
        CompletableFuture<Outcome> answer = client.upsert(store, Talk.BODY);
        await().until(() -> yotpo.patches.get() == 1);
        Thread selector = selector();

        client.close();
        threads.shutdownNow();

        assertThat(answer.get(30, TimeUnit.SECONDS)).isInstanceOf(Outage.class);
        awaitEndOf(selector);
    }

    /** To look a name up may take a minute, where the network is gone. */
    @Test
    void aRequestThatNobodyBeganInTimeIsNotBegunByWhoeverEndsIt() throws Exception {
        StoreSettings nowhere = store.withSending(Talk.sendingTo(URI.create("https://yotpo.invalid"), PATIENCE));
        HttpYotpoClient waiting = client(nowhere, busy -> {});
        CompletableFuture<Outcome> answer = waiting.upsert(nowhere, Talk.BODY);

        waiting.close();

        assertThat(answer.get(30, TimeUnit.SECONDS))
                .isInstanceOfSatisfying(
                        Outage.class, end -> assertThat(end.failure().reason()).isEqualTo("given up"));
    }

    @Test
    void itsThreadHoldsNoApplicationsClassLoader() {
        Thread maker = Thread.currentThread();
        ClassLoader usual = maker.getContextClassLoader();
        ClassLoader application = new ClassLoader(usual) {};
        maker.setContextClassLoader(application);
        try {
            CompletableFuture<Outcome> answer = client.upsert(store, Talk.BODY);
            assertThat(answer).succeedsWithin(Duration.ofSeconds(30));
            assertThat(maker.getContextClassLoader()).isSameAs(application);
        } finally {
            maker.setContextClassLoader(usual);
        }

        assertThat(selector().getContextClassLoader()).isNotSameAs(application);
    }
}
