package io.yotposync.faults;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.yotposync.client.Outcome;
import io.yotposync.client.YotpoClient;
import io.yotposync.dispatch.DispatchSettings;
import io.yotposync.dispatch.Dispatcher;
import io.yotposync.dispatch.LanePorts;
import io.yotposync.dispatch.Lanes;
import io.yotposync.dispatch.SyncThreads;
import io.yotposync.jdbc.JdbcStorage;
import io.yotposync.jdbc.OutboxTables;
import io.yotposync.observe.SyncListener;
import io.yotposync.outbox.Desired;
import io.yotposync.outbox.Failure;
import io.yotposync.outbox.FailureClass;
import io.yotposync.outbox.GroupCommitSettings;
import io.yotposync.outbox.HandOver;
import io.yotposync.outbox.HandOverListener;
import io.yotposync.outbox.Outbox;
import io.yotposync.store.CredentialsSource;
import io.yotposync.store.StoreSettings;
import io.yotposync.store.Stores;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** One node in a process of its own: pool, outbox, group commit and dispatcher, as a host has them. */
final class NodeMain {

    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private NodeMain() {}

    /**
     * Writes a line for each state that became durable ({@code D customer version}) and for completions that came too
     * late ({@code R count}). Ends when its input does.
     *
     * @param args name, database URL, user, the receiver's port, prefix of customers, how many, saves by each of four
     *     threads, microseconds between two
     */
    public static void main(String[] args) throws Exception {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(args[1]);
        config.setUsername(args[2]);
        config.setPassword("");
        config.setMaximumPoolSize(4);
        HikariDataSource pool = new HikariDataSource(config);
        JdbcStorage storage = JdbcStorage.open(pool, OutboxTables.standard());
        Outbox outbox = told(storage.outbox());
        ScheduledExecutorService threads = SyncThreads.create();
        SyncListener quiet = new SyncListener() {};
        Clock clock = Clock.systemUTC();
        Dispatcher dispatcher = new Lanes(new Stores(List.of(Saves.store())), quiet, threads)
                .dispatcher(
                        new LanePorts(
                                outbox,
                                storage.storeStates(),
                                new Sender(args[0], args[3], threads),
                                quiet,
                                clock,
                                CredentialsSource.configured()),
                        new DispatchSettings(args[0], Duration.ofMillis(100)));
        HandOver handOver = HandOver.groupCommit(
                outbox,
                clock,
                GroupCommitSettings.standard(),
                new HandOverListener() {
                    @Override
                    public void written(Collection<Desired> states, Duration took) {
                        dispatcher.wake(Saves.STORE, clock.instant());
                    }
                },
                threads);
        dispatcher.start();
        OUT.println("started");
        for (int thread = 0; thread < 4; thread++) {
            int first = thread;
            new Thread(() -> save(handOver, args, first)).start();
        }
        while (System.in.read() >= 0) {
            OUT.println("alive");
        }
        Runtime.getRuntime().halt(0);
    }

    private static void save(HandOver handOver, String[] args, int thread) {
        int customers = Integer.parseInt(args[5]);
        int saves = Integer.parseInt(args[6]);
        long pause = TimeUnit.MICROSECONDS.toNanos(Long.parseLong(args[7]));
        long version = 0;
        for (int i = 0; i < saves; i++) {
            // Each thread has customers of its own, so that their versions grow.
            String customer = args[4] + (thread + 4 * (i % Math.max(1, customers / 4)));
            // Never a whole thousand: those give way, for hosts that keep whole seconds.
            version = Math.max(version + 1, System.currentTimeMillis() * 1_000 + 1);
            long saved = version;
            var unused = handOver.offerDurably(Saves.state(customer, saved))
                    .thenRun(() -> OUT.println("D " + customer + " " + saved));
            LockSupport.parkNanos(pause);
        }
        OUT.println("saved");
    }

    private static Outbox told(Outbox outbox) {
        return (Outbox) Proxy.newProxyInstance(
                Outbox.class.getClassLoader(), new Class<?>[] {Outbox.class}, (proxy, method, arguments) -> {
                    try {
                        Object result = method.invoke(outbox, arguments);
                        if (method.getName().equals("complete") && !((Collection<?>) result).isEmpty()) {
                            OUT.println("R " + ((Collection<?>) result).size());
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                });
    }

    private static final class Sender implements YotpoClient {

        private final HttpClient http;
        private final String name;
        private final URI receiver;

        Sender(String name, String port, ScheduledExecutorService threads) {
            http = HttpClient.newBuilder().executor(threads).build();
            this.name = name;
            receiver = URI.create("http://localhost:" + port + "/");
        }

        @Override
        public CompletableFuture<Outcome> upsert(StoreSettings store, String body) {
            HttpRequest request = HttpRequest.newBuilder(receiver)
                    .header("X-Node", name)
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build();
            return http.sendAsync(request, BodyHandlers.discarding())
                    .handle((answer, fault) -> answer != null && answer.statusCode() == 200
                            ? new Outcome.Accepted(200)
                            : new Outcome.Outage(new Failure(FailureClass.OUTAGE, 503, "down")));
        }
    }
}
