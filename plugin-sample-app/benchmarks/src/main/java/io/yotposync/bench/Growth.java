package io.yotposync.bench;

import com.zaxxer.hikari.HikariDataSource;
import io.yotposync.dispatch.SyncThreads;
import io.yotposync.jdbc.JdbcStorage;
import io.yotposync.jdbc.OutboxTables;
import io.yotposync.outbox.Claim;
import io.yotposync.outbox.Completion;
import io.yotposync.outbox.Desired;
import io.yotposync.outbox.FieldDigest;
import io.yotposync.outbox.GroupCommitSettings;
import io.yotposync.outbox.HandOver;
import io.yotposync.outbox.HandOverListener;
import io.yotposync.outbox.LaneLease;
import io.yotposync.outbox.Outbox;
import io.yotposync.store.StoreKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.LongStream;
import org.springframework.jdbc.core.JdbcTemplate;

/** Section 7. */
final class Growth implements Section {

    private static final int CHUNK = 500;

    private static final int ROUNDS = 5;

    /** As long as what is kept of the fields of a customer with address and phone. */
    private static final String FIELDS = "A".repeat(150);

    @Override
    public String name() {
        return "growth";
    }

    @Override
    public String title() {
        return "7. Growth";
    }

    @Override
    public String about() {
        return "µs for each customer: to write 1,000 changes of customers all over a PostgreSQL ledger of this many rows, to"
                + " claim and complete them, five times; to write 20,000 customers by group commit from 1, 2 and 4 nodes at once; and to drain"
                + " 20,000 customers from memory to a Yotpo without limit or latency, spread over this many stores.";
    }

    @Override
    public Table run(Scale scale) throws Exception {
        Table table = new Table("grows", "µs a customer", "range", "× the first");
        try (Postgres postgres = new Postgres();
                HikariDataSource pool = postgres.pool(10)) {
            rows(pool, scale, 1000); // warms up
            Spread first = null;
            for (int rows = 1000; rows <= scale.rows(); rows *= 10) {
                Spread cost = new Spread();
                for (int i = 0; i < scale.repetitions(); i++) {
                    cost.add(rows(pool, scale, rows));
                }
                first = first == null ? cost : first;
                table.row("ledger of " + Table.number(rows) + " rows", cost.median(), cost.range(), ratio(cost, first));
            }
            first = null;
            for (int nodes : new int[] {1, 2, 4}) {
                Spread cost = new Spread();
                for (int i = 0; i < scale.repetitions(); i++) {
                    cost.add(nodes(pool, scale, nodes));
                }
                first = first == null ? cost : first;
                table.row(nodes + " node(s) writing", cost.median(), cost.range(), ratio(cost, first));
            }
        }
        Spread first = null;
        for (int stores : scale.smoke() ? new int[] {1, 2} : new int[] {1, 10, 50, 200}) {
            Spread cost = new Spread();
            stores(scale, stores); // warms up
            for (int i = 0; i < scale.repetitions(); i++) {
                cost.add(stores(scale, stores));
            }
            first = first == null ? cost : first;
            table.row(stores + " store(s) drained", cost.median(), cost.range(), ratio(cost, first));
        }
        return table;
    }

    private static double ratio(Spread cost, Spread first) {
        return cost.median() / first.median();
    }

    private static double rows(HikariDataSource pool, Scale scale, int rows) {
        Postgres.clear(pool);
        JdbcTemplate jdbc = new JdbcTemplate(pool);
        // A ledger that has been in use: all in sync, each row as long as a send leaves it.
        jdbc.update(
                "INSERT INTO yotpo_customer_sync (store_id, customer_id, status, origin, desired_fp, acked_fp, acked_fields,"
                        + " source_ver, attempts, next_attempt_at, pending_since, lease_until, contact_fp, contact_alone,"
                        + " former_contacts, created_at, updated_at, acked_at) SELECT 'default', i::text, 'S', 0, fp, fp, ?,"
                        + " 0, 0, 0, 0, 0, reverse(fp), 0, 0, 0, 0, 0"
                        + " FROM (SELECT i, left(md5(i::text) || md5(i::text), 43) AS fp FROM generate_series(1, ?) i) n",
                FIELDS,
                rows);
        jdbc.execute("ANALYZE yotpo_customer_sync");
        FieldDigest fields = (claim, before) -> FIELDS;
        Outbox outbox = JdbcStorage.open(pool, OutboxTables.standard(), fields).outbox();
        int changes = scale.of(1_000, 100);
        long spread = rows / changes;
        long start = System.nanoTime();
        for (int round = 0; round < ROUNDS; round++) {
            change(outbox, changes, spread, round);
            drain(outbox);
        }
        return (System.nanoTime() - start) / 1e3 / (ROUNDS * changes);
    }

    /** Customers all over the ledger, in each round the next ones. */
    private static void change(Outbox outbox, int changes, long spread, int round) {
        for (int from = 0; from < changes; from += CHUNK) {
            outbox.upsert(
                    LongStream.range(from, Math.min(changes, from + CHUNK))
                            .mapToObj(i -> DurableThroughput.state(1 + i * spread + round % spread, 1 + round))
                            .toList(),
                    Instant.now());
        }
    }

    private static void drain(Outbox outbox) {
        LaneLease lease = outbox.lease(StoreKey.DEFAULT, "bench", Duration.ofMinutes(1), Instant.now())
                .orElseThrow();
        List<Claim> claims = outbox.claim(lease, CHUNK, Instant.now());
        while (!claims.isEmpty()) {
            outbox.complete(
                    claims.stream()
                            .map(claim -> new Completion.Acknowledged(claim, null))
                            .toList(),
                    Instant.now());
            claims = outbox.claim(lease, CHUNK, Instant.now());
        }
        outbox.release(lease);
    }

    private static double nodes(HikariDataSource pool, Scale scale, int nodes) {
        Postgres.clear(pool);
        int customers = scale.of(20_000, 200);
        List<HandOver> handOvers = new ArrayList<>();
        List<ScheduledExecutorService> threads = new ArrayList<>();
        for (int node = 0; node < nodes; node++) {
            threads.add(SyncThreads.create());
            handOvers.add(HandOver.groupCommit(
                    JdbcStorage.open(pool, OutboxTables.standard()).outbox(),
                    Clock.systemUTC(),
                    GroupCommitSettings.standard(),
                    HandOverListener.none(),
                    threads.get(node)));
        }
        long start = System.nanoTime();
        List<CompletableFuture<Void>> done = new ArrayList<>();
        for (int i = 0; i < customers; i++) {
            Desired state = DurableThroughput.state(i);
            done.add(handOvers.get(i % nodes).offerDurably(state));
        }
        CompletableFuture.allOf(done.toArray(new CompletableFuture<?>[0])).join();
        double took = (System.nanoTime() - start) / 1e3 / customers;
        handOvers.forEach(each -> each.close(Duration.ofSeconds(1)));
        threads.forEach(ExecutorService::shutdown);
        return took;
    }

    private static double stores(Scale scale, int stores) {
        int each = scale.of(20_000, 40) / stores;
        try (LocalYotpo yotpo = new LocalYotpo();
                Plugin plugin = Plugin.to(yotpo.url())
                        .stores(stores)
                        .with("defaults.max-in-flight", Math.max(2, 100 / stores))
                        .start()) {
            long start = System.nanoTime();
            BacklogDrain.fill(plugin, stores, each);
            BacklogDrain.await(yotpo::accepted, (long) each * stores, 120);
            return (System.nanoTime() - start) / 1e3 / (each * stores);
        }
    }
}
