package io.yotposync.bench;

import com.zaxxer.hikari.HikariDataSource;
import io.yotposync.bench.peers.Kind;
import io.yotposync.bench.peers.Peer;
import io.yotposync.dispatch.SyncThreads;
import io.yotposync.jdbc.JdbcStorage;
import io.yotposync.jdbc.OutboxTables;
import io.yotposync.outbox.Desired;
import io.yotposync.outbox.GroupCommitSettings;
import io.yotposync.outbox.HandOver;
import io.yotposync.outbox.HandOverListener;
import io.yotposync.outbox.Origin;
import io.yotposync.payload.Contact;
import io.yotposync.payload.Fingerprint;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.broadleafcommerce.profile.core.domain.Customer;
import org.springframework.transaction.TransactionStatus;

/** Section 3. */
final class DurableThroughput implements Section {

    private static final int THREADS = 4;
    private static final int BATCH = 200;
    private static final int UNDER_WAY = 10_000;
    private static final String INSERT = "INSERT INTO raw VALUES (?, ?)";

    /** All that a new row of the ledger needs. */
    private static final String INSERT_INTO_LEDGER =
            "INSERT INTO yotpo_customer_sync (customer_id, payload, desired_fp,"
                    + " contact_fp, store_id, status, origin, source_ver, attempts, next_attempt_at, pending_since, lease_until,"
                    + " contact_alone, former_contacts, created_at, updated_at)"
                    + " VALUES (?, ?, ?, ?, 'default', 'P', 0, 1, 0, 0, 0, 0, 0, 0, 0, 0)";

    @Override
    public String name() {
        return "durable";
    }

    @Override
    public String title() {
        return "3. Durable throughput";
    }

    @Override
    public String about() {
        return "Customers a second that 4 threads make durable in an embedded PostgreSQL with fsync and synchronous_commit"
                + " on. Rows of about 480 characters, ours with an e-mail's fingerprint too. A first run of each warms up and is"
                + " not counted. The last four write in a transaction of the host's that has one"
                + " insert of its own; Yotpo is down, so that nothing is sent meanwhile.";
    }

    /** Writes one or more customers, and says how many. */
    private interface Work {
        int once(long number) throws SQLException;
    }

    @Override
    public Table run(Scale scale) throws Exception {
        Table table = new Table("written as", "customers/s", "range", "× single commits", "× batches of 200");
        Spread[] limits = new Spread[2];
        try (Postgres postgres = new Postgres();
                HikariDataSource pool = postgres.pool(12)) {
            limits[0] = measure(pool, scale, number -> single(pool, number));
            limits[1] = measure(pool, scale, number -> batch(pool, INSERT, number));
            add(table, "limit: raw JDBC, a commit for each row", limits[0], limits);
            add(table, "limit: raw JDBC, batches of " + BATCH, limits[1], limits);
            Spread ledger = measure(pool, scale, number -> batch(pool, INSERT_INTO_LEDGER, number));
            add(table, "limit: the same into the ledger's table", ledger, limits);
            add(table, "plugin, hand-over and group commit", handOver(pool, scale), limits);
            Host host = new Host(pool);
            add(table, "the host's transaction alone", inTransaction(pool, scale, host, null), limits);
            for (Kind kind : Kind.values()) {
                if (kind.isTransactional()) {
                    try (LocalYotpo yotpo = new LocalYotpo().down(true);
                            Peer peer = kind.start(yotpo.url(), pool, host.manager())) {
                        add(table, kind.text(), inTransaction(pool, scale, host, peer), limits);
                    }
                }
            }
        }
        return table;
    }

    private static void add(Table table, String name, Spread figure, Spread[] limits) {
        double median = figure.median();
        table.row(name, median, figure.range(), median / limits[0].median(), median / limits[1].median());
    }

    private static Spread measure(HikariDataSource pool, Scale scale, Work work) throws Exception {
        return measure(pool, scale, work, () -> {});
    }

    /** @param drained waits until all is durable; counted in */
    private static Spread measure(HikariDataSource pool, Scale scale, Work work, Runnable drained) throws Exception {
        Spread figure = new Spread();
        AtomicLong number = new AtomicLong();
        for (int i = -1; i < scale.repetitions(); i++) {
            Postgres.clear(pool);
            long start = System.nanoTime();
            long end = start + scale.length().toNanos();
            ExecutorService threads = Executors.newFixedThreadPool(THREADS);
            List<Future<Long>> running = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                running.add(threads.submit(() -> {
                    long rows = 0;
                    while (System.nanoTime() < end) {
                        rows += work.once(number.getAndIncrement());
                    }
                    return rows;
                }));
            }
            long rows = 0;
            for (Future<Long> one : running) {
                rows += one.get();
            }
            threads.shutdown();
            drained.run();
            double perSecond = rows * 1e9 / (System.nanoTime() - start);
            if (i >= 0) {
                figure.add(perSecond);
            }
        }
        return figure;
    }

    private static int single(HikariDataSource pool, long number) throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setString(1, String.valueOf(number));
            insert.setString(2, payload(number, 1));
            return insert.executeUpdate();
        }
    }

    private static int batch(HikariDataSource pool, String sql, long number) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement insert = connection.prepareStatement(sql)) {
                for (int i = 0; i < BATCH; i++) {
                    String id = number + "-" + i;
                    String payload = payload(number, 1);
                    insert.setString(1, id);
                    insert.setString(2, payload);
                    if (sql.equals(INSERT_INTO_LEDGER)) {
                        insert.setString(3, Fingerprint.of(payload).value());
                        insert.setString(4, Fingerprint.of(id).value());
                    }
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            connection.commit();
            connection.setAutoCommit(true);
        }
        return BATCH;
    }

    private static Spread handOver(HikariDataSource pool, Scale scale) throws Exception {
        ScheduledExecutorService threads = SyncThreads.create();
        HandOver handOver = HandOver.groupCommit(
                JdbcStorage.open(pool, OutboxTables.standard()).outbox(),
                Clock.systemUTC(),
                GroupCommitSettings.standard(),
                HandOverListener.none(),
                threads);
        Semaphore places = new Semaphore(UNDER_WAY);
        try {
            return measure(
                    pool,
                    scale,
                    number -> {
                        places.acquireUninterruptibly();
                        var unused =
                                handOver.offerDurably(state(number)).whenComplete((done, lost) -> places.release());
                        return 1;
                    },
                    () -> {
                        places.acquireUninterruptibly(UNDER_WAY);
                        places.release(UNDER_WAY);
                    });
        } finally {
            handOver.close(Duration.ofSeconds(30));
            threads.shutdown();
        }
    }

    private static Spread inTransaction(
            HikariDataSource pool, Scale scale, Host host, @org.jspecify.annotations.Nullable Peer peer)
            throws Exception {
        return measure(pool, scale, number -> {
            Customer customer = Shoppers.complete(number + 1);
            TransactionStatus transaction = host.begin();
            host.save(customer);
            if (peer != null) {
                peer.saved(customer);
            }
            host.commit(transaction);
            return 1;
        });
    }

    static Desired state(long number) {
        return state(number, 1);
    }

    /** @param version another payload for each */
    static Desired state(long number, int version) {
        String payload = payload(number, version);
        return new Desired(
                new CustomerKey(StoreKey.DEFAULT, String.valueOf(number)),
                payload,
                Fingerprint.of(payload),
                version,
                Origin.LIVE,
                Instant.EPOCH,
                new Contact(Fingerprint.of(number + "@example.com"), false));
    }

    /** About the size of a customer. */
    private static String payload(long number, int version) {
        return "{\"customer\":{\"external_id\":\"" + number + "\",\"filler\":\"" + "x".repeat(430) + version + "\"}}";
    }
}
