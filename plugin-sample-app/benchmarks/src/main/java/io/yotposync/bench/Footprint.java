package io.yotposync.bench;

import com.github.benmanes.caffeine.cache.Ticker;
import com.zaxxer.hikari.HikariDataSource;
import io.yotposync.outbox.Desired;
import io.yotposync.outbox.Origin;
import io.yotposync.payload.Fingerprint;
import io.yotposync.recent.RecentSettings;
import io.yotposync.recent.RecentUpserts;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** Section 5. */
final class Footprint implements Section {

    @Override
    public String name() {
        return "footprint";
    }

    @Override
    public String title() {
        return "5. Memory, threads and idling";
    }

    @Override
    public String about() {
        return "Heap after a collection, with and without the remembered customers; the plugin's live threads and the"
                + " statements that it runs while nothing is due, with its ledger in PostgreSQL and scans as on Broadleaf, after every store had"
                + " something to send.";
    }

    @Override
    public Table run(Scale scale) throws Exception {
        Table table = new Table("what", "figure", "range", "goal");
        Spread bytes = new Spread();
        for (int i = 0; i < scale.repetitions(); i++) {
            bytes.add(bytesRemembered(scale.rows()));
        }
        String customers = Table.number(scale.rows()) + " customers remembered";
        table.row("bytes a customer, " + customers, bytes.median(), bytes.range(), "≤ 150");
        try (Postgres postgres = new Postgres()) {
            for (int stores : scale.smoke() ? new int[] {2} : new int[] {1, 50, 200}) {
                idle(table, scale, postgres, stores);
            }
        }
        return table;
    }

    private static double bytesRemembered(int customers) {
        RecentUpserts recent =
                new RecentUpserts(new RecentSettings(customers, Duration.ofDays(1)), true, Ticker.systemTicker());
        long before = usedHeap();
        for (int i = 0; i < customers; i++) {
            String id = String.valueOf(i);
            recent.offer(
                    new Desired(
                            new CustomerKey(StoreKey.DEFAULT, id),
                            "",
                            Fingerprint.of(id),
                            1,
                            Origin.LIVE,
                            Instant.EPOCH),
                    taken -> true);
        }
        long after = usedHeap();
        return (after - before) / (double) recent.size();
    }

    @SuppressWarnings("SystemGc") // the figure is that of live objects
    private static long usedHeap() {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < 3; i++) {
            System.gc();
            LockSupport.parkNanos(50_000_000);
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static void idle(Table table, Scale scale, Postgres postgres, int stores) {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        try (LocalYotpo yotpo = new LocalYotpo();
                HikariDataSource pool = postgres.pool(10)) {
            Postgres.clear(pool);
            CountedStatements counted = new CountedStatements(pool);
            try (Plugin plugin =
                    Plugin.to(yotpo.url()).stores(stores).on(counted).scanned().start()) {
                BacklogDrain.fill(plugin, stores, 3);
                BacklogDrain.await(yotpo::accepted, stores * 3L, 60);
                // The first catch-up of every store is over by then.
                LockSupport.parkNanos(scale.of(20, 1) * 1_000_000_000L);
                Map<String, Long> earlier = counted.counts();
                int seconds = scale.of(10, 2);
                LockSupport.parkNanos(seconds * 1_000_000_000L);
                long all = 0;
                long most = 0;
                for (Map.Entry<String, Long> statement : counted.counts().entrySet()) {
                    long times = statement.getValue() - earlier.getOrDefault(statement.getKey(), 0L);
                    boolean query = !statement.getKey().startsWith("SET "); // how long it may wait for a lock
                    all += times;
                    most = query ? Math.max(most, times) : most;
                }
                List<String> ours = threads(before);
                String name = stores == 1 ? "1 store" : stores + " stores";
                table.row("threads, " + name, ours.size(), String.join(", ", ours), "≤ 4");
                table.row("the most frequent query while idle, a second, " + name, most / (double) seconds, "", "≤ 1");
                table.row("all statements while idle, a second, " + name, all / (double) seconds, "", "");
            }
        }
    }

    /** By name, those of the pool and the server apart. */
    private static List<String> threads(Set<Thread> before) {
        List<String> names = new ArrayList<>();
        Thread.getAllStackTraces().keySet().forEach(thread -> {
            String name = thread.getName();
            if (!before.contains(thread) && (name.startsWith("yotpo-sync") || name.startsWith("HttpClient-"))) {
                names.add(name.replaceAll("HttpClient-\\d+", "HttpClient"));
            }
        });
        names.sort(String::compareTo);
        return names;
    }
}
