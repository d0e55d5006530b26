package io.yotposync.client;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's client, up to its end. It ends its thread some seconds after the garbage collector saw that nobody holds it, and
 * not while anything of its own is undone. Whoever has this may be held for longer, as Broadleaf's context is by a static
 * field. Thread-safe.
 */
final class JdkClient implements AutoCloseable {

    private final OnFirstUse<HttpClient> http;
    private final ClientTasks tasks;
    private final Set<Runnable> hangUps = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** Somebody else's. */
    JdkClient(HttpClient given) {
        this(Runnable::run, any -> given);
    }

    private JdkClient(Executor threads, Function<Executor, HttpClient> made) {
        tasks = new ClientTasks(threads);
        http = new OnFirstUse<>(() -> made.apply(tasks));
    }

    /**
     * Made for the first request: getting TLS ready would be a third of what the plugin adds to a host's start.
     *
     * @param threads what it has to do is done on these
     */
    static JdkClient onFirstUse(Executor threads, Function<Executor, HttpClient.Builder> settings) {
        return new JdkClient(threads, tasks -> build(settings.apply(tasks)));
    }

    /** A server that takes an application down looks for threads that have its class loader still. */
    private static HttpClient build(HttpClient.Builder http) {
        Thread maker = Thread.currentThread();
        ClassLoader own = maker.getContextClassLoader();
        maker.setContextClassLoader(HttpClient.class.getClassLoader());
        try {
            return http.build();
        } finally {
            maker.setContextClassLoader(own);
        }
    }

    /**
     * @param limit of the answer's body, in bytes
     * @throws IllegalStateException after the end
     */
    @SuppressWarnings("FutureReturnValueIgnored") // it is the caller's
    CompletableFuture<HttpResponse<String>> send(HttpRequest request, int limit) {
        CompletableFuture<HttpResponse<String>> answer = http.get().sendAsync(request, info -> new BoundedBody(limit));
        Runnable hangUp = () -> hangUp(answer);
        hangUps.add(hangUp);
        answer.whenComplete((done, fault) -> hangUps.remove(hangUp));
        if (closed) {
            hangUp.run();
        }
        return answer;
    }

    /** A request that was given up must not go on by itself. */
    static void hangUp(@Nullable CompletableFuture<?> request) {
        if (request != null) {
            request.cancel(true);
        }
    }

    /** Hangs up, and makes no further request. */
    @Override
    public void close() {
        closed = true;
        http.close();
        // First: a request that is not begun yet would look its host's name up on this thread.
        hangUps.forEach(Runnable::run);
        tasks.close();
    }
}
