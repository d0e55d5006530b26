package io.yotposync.faults;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.yotposync.outbox.Desired;
import io.yotposync.outbox.GroupCommitSettings;
import io.yotposync.outbox.HandOver;
import io.yotposync.outbox.HandOverListener;
import io.yotposync.outbox.jdbc.AtomicWriter;
import io.yotposync.outbox.jdbc.JdbcStorage;
import io.yotposync.outbox.jdbc.OutboxTables;
import io.yotposync.outbox.jdbc.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What a save costs, on embedded PostgreSQL that syncs to disk, all in one run: run the main
 * method with the test class path. Nothing is asserted.
 */
final class OutboxBench {

    private static final int THREADS = 4;
    private static final Clock CLOCK = Clock.systemUTC();

    private final HikariDataSource pool;
    private final int seconds;

    private OutboxBench(HikariDataSource pool, int seconds) {
        this.pool = pool;
        this.seconds = seconds;
    }

    /** @param args seconds for each row of the table, 5 if left out */
    public static void main(String[] args) throws Exception {
        int seconds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
        HikariDataSource postgres = (HikariDataSource) TestDatabase.POSTGRESQL.empty();
        new JdbcTemplate(postgres).execute("CREATE TABLE raw (id VARCHAR(64) PRIMARY KEY, payload TEXT)");
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(postgres.getJdbcUrl());
        config.setUsername(postgres.getUsername());
        config.setPassword("");
        config.setMaximumPoolSize(8);
        try (HikariDataSource pool = new HikariDataSource(config)) {
            OutboxBench bench = new OutboxBench(pool, seconds);
            bench.all(1); // warm
            System.out.printf(Locale.ROOT, "%-44s %10s %10s %10s%n", "4 threads", "rows/s", "p50 us", "p99 us");
            bench.all(seconds);
        }
        Runtime.getRuntime().halt(0);
    }

    private void all(int length) throws Exception {
        OutboxBench bench = new OutboxBench(pool, length);
        boolean print = length == seconds && length > 1;
        bench.row("raw JDBC, one row and commit", print, bench::rawSingle);
        bench.row("raw JDBC, batch of 200 and commit", print, bench::rawBatch);
        bench.handOver(print);
        bench.row("host transaction alone (1 insert)", print, (thread, i) -> bench.host(thread, i, null));
        AtomicWriter writer = JdbcStorage.open(pool, OutboxTables.standard()).atomicWriter();
        bench.row("host transaction with atomic capture", print, (thread, i) -> bench.host(thread, i, writer));
    }

    private interface Work {
        /** Returns how many rows were written. */
        int once(int thread, int number) throws SQLException;
    }

    private void row(String name, boolean print, Work work) throws Exception {
        row(name, print, work, () -> {});
    }

    /** @param drained waits until all is durable; counted in */
    private void row(String name, boolean print, Work work, Runnable drained) throws Exception {
        new JdbcTemplate(pool).execute("TRUNCATE raw, yotpo_customer_sync");
        Longs.ALL.forEach(Longs::take);
        List<long[]> latencies = new ArrayList<>();
        long rows = 0;
        long start = System.nanoTime();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        List<Future<long[]>> running = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            int number = thread;
            running.add(threads.submit(() -> run(work, number, start)));
        }
        for (Future<long[]> one : running) {
            long[] result = one.get();
            rows += result[0];
            latencies.add(Arrays.copyOfRange(result, 1, result.length));
        }
        threads.shutdown();
        drained.run();
        if (print) {
            print(name, rows, System.nanoTime() - start, latencies);
        }
    }

    private long[] run(Work work, int thread, long start) throws SQLException {
        long end = start + Duration.ofSeconds(seconds).toNanos();
        long[] result = new long[2_000_000];
        int calls = 0;
        while (System.nanoTime() < end && calls < result.length - 1) {
            long before = System.nanoTime();
            result[0] += work.once(thread, calls);
            result[++calls] = System.nanoTime() - before;
        }
        return Arrays.copyOf(result, calls + 1);
    }

    private int rawSingle(int thread, int number) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            insertRaw(connection, thread + "-" + number);
        }
        return 1;
    }

    private static void insertRaw(Connection connection, String id) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO raw VALUES (?, ?)")) {
            insert.setString(1, id);
            insert.setString(2, payload(id));
            insert.executeUpdate();
        }
    }

    private int rawBatch(int thread, int number) throws SQLException {
        int size = 200;
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO raw VALUES (?, ?)")) {
                for (int i = 0; i < size; i++) {
                    String id = thread + "-" + number + "-" + i;
                    insert.setString(1, id);
                    insert.setString(2, payload(id));
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            connection.commit();
            connection.setAutoCommit(true);
        }
        return size;
    }

    private int host(int thread, int number, @org.jspecify.annotations.Nullable AtomicWriter writer)
            throws SQLException {
        String id = thread + "-" + number;
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            insertRaw(connection, id);
            if (writer != null) {
                Savepoint unused = connection.setSavepoint();
                writer.write(connection, List.of(state(id)), CLOCK.instant());
            }
            connection.commit();
            connection.setAutoCommit(true);
        }
        return 1;
    }

    /** The latency is the saving thread's; a row counts when it is durable. */
    private void handOver(boolean print) throws Exception {
        HandOver handOver = HandOver.groupCommit(
                JdbcStorage.open(pool, OutboxTables.standard()).outbox(),
                CLOCK,
                GroupCommitSettings.standard(),
                HandOverListener.none());
        Semaphore places = new Semaphore(10_000);
        row(
                "hand-over and group commit, one connection",
                print,
                (thread, number) -> {
                    String id = thread + "-" + number;
                    Desired state = state(id);
                    places.acquireUninterruptibly();
                    long before = System.nanoTime();
                    CompletableFuture<Void> done = handOver.offerDurably(state);
                    TOOK.get().add(System.nanoTime() - before);
                    var unused = done.whenComplete((ok, lost) -> places.release());
                    return 1;
                },
                () -> places.acquireUninterruptibly(10_000));
        handOver.close(Duration.ofSeconds(30));
    }

    private static final ThreadLocal<Longs> TOOK = ThreadLocal.withInitial(Longs::new);

    /** Of the offer alone, without the wait for a place that keeps the bench within the hand-over's capacity. */
    private static final class Longs {
        private static final List<Longs> ALL = java.util.Collections.synchronizedList(new ArrayList<>());
        private long[] values = new long[1024];
        private int size;

        Longs() {
            ALL.add(this);
        }

        void add(long value) {
            if (size == values.length) {
                values = Arrays.copyOf(values, size * 2);
            }
            values[size++] = value;
        }

        long[] take() {
            long[] taken = Arrays.copyOf(values, size);
            size = 0;
            return taken;
        }
    }

    private static void print(String name, long rows, long nanos, List<long[]> latencies) {
        List<long[]> offers = new ArrayList<>();
        Longs.ALL.forEach(each -> offers.add(each.take()));
        boolean handOver = offers.stream().anyMatch(each -> each.length > 0);
        long[] sorted = (handOver ? offers : latencies)
                .stream().flatMapToLong(Arrays::stream).sorted().toArray();
        System.out.printf(
                Locale.ROOT,
                "%-44s %10.0f %10.1f %10.1f%n",
                name,
                rows / (nanos / 1e9),
                sorted[sorted.length / 2] / 1e3,
                sorted[(int) (sorted.length * 0.99)] / 1e3);
    }

    private static Desired state(String id) {
        Desired empty = Saves.state(id, 10_001);
        return new Desired(
                empty.key(),
                payload(id),
                empty.fingerprint(),
                empty.sourceVersion(),
                empty.origin(),
                empty.notBefore());
    }

    /** About the size of a customer. */
    private static String payload(String id) {
        return "{\"customer\":{\"external_id\":\"" + id + "\",\"filler\":\"" + "x".repeat(400) + "\"}}";
    }
}
