package io.yotposync.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.benmanes.caffeine.cache.Ticker;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.yotposync.dispatch.CatchUpMarks;
import io.yotposync.dispatch.SyncThreads;
import io.yotposync.jdbc.AtomicWriter;
import io.yotposync.jdbc.JdbcSchema;
import io.yotposync.jdbc.JdbcStorage;
import io.yotposync.jdbc.OutboxTables;
import io.yotposync.jdbc.TestDatabase;
import io.yotposync.outbox.Claim;
import io.yotposync.outbox.Completion.RetryAt;
import io.yotposync.outbox.Desired;
import io.yotposync.outbox.Failure;
import io.yotposync.outbox.FailureClass;
import io.yotposync.outbox.GroupCommitSettings;
import io.yotposync.outbox.HandOver;
import io.yotposync.outbox.HandOverListener;
import io.yotposync.outbox.LaneLease;
import io.yotposync.outbox.Outbox;
import io.yotposync.recent.RecentSettings;
import io.yotposync.recent.RecentUpserts;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreStates;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A database that goes away, a pool that is small, nodes that disagree. Outage: {@code -Dyotpo.test.outage=60}. */
@Timeout(300)
class DatabaseFaultsIT {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseFaultsIT.class);
    private static final Duration OUTAGE = Duration.ofSeconds(Integer.getInteger("yotpo.test.outage", 3));
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Clock CLOCK = Clock.systemUTC();

    @Test
    void aDatabaseThatGoesAwayHoldsUpNoSaveAndLosesNothingDurable() throws Exception {
        HikariDataSource postgres = (HikariDataSource) TestDatabase.POSTGRESQL.empty();
        URI address = URI.create(postgres.getJdbcUrl().substring("jdbc:".length()));
        ScheduledExecutorService threads = SyncThreads.create();
        try (Cable cable = new Cable(address.getPort());
                HikariDataSource pool = pool(
                        "jdbc:postgresql://localhost:" + cable.port() + address.getPath() + "?socketTimeout=5",
                        postgres.getUsername(),
                        4,
                        true)) {
            JdbcStorage storage = JdbcStorage.open(pool, OutboxTables.standard());
            StoreStates states = storage.storeStates();
            CatchUpMarks marks = new CatchUpMarks(states, threads);
            int capacity = 50;
            HandOver handOver = HandOver.groupCommit(
                    storage.outbox(),
                    CLOCK,
                    GroupCommitSettings.standard().withCapacity(capacity),
                    HandOverListener.none(),
                    threads);
            Map<String, Long> durable = new HashMap<>();
            CompletableFuture<Void> before = handOver.offerDurably(Saves.state("before", 1_001));
            before.get(10, TimeUnit.SECONDS);

            cable.cut();
            long end = System.nanoTime() + OUTAGE.toNanos();
            long slowest = 0;
            long version = 10_001;
            int refused = 0;
            List<CompletableFuture<Void>> promised = new ArrayList<>();
            while (System.nanoTime() < end) {
                // More customers than there is room for: the first keep their newest state, the others are dropped.
                String customer = "c" + version / 2 % 80;
                long start = System.nanoTime();
                CompletableFuture<Void> done = handOver.offerDurably(Saves.state(customer, version));
                slowest = Math.max(slowest, System.nanoTime() - start);
                if (done.isCompletedExceptionally()) {
                    refused++;
                    marks.dropped(Saves.key(customer));
                } else {
                    durable.put(customer, version);
                    promised.add(done);
                }
                version += 2;
                LockSupport.parkNanos(1_000_000);
            }
            assertThat(handOver.state().failingSince()).isNotNull();
            assertThat(handOver.state().waiting()).isLessThanOrEqualTo(capacity);
            cable.mend();

            CompletableFuture.allOf(promised.toArray(new CompletableFuture<?>[0]))
                    .get(60, TimeUnit.SECONDS);
            Outbox outbox = JdbcStorage.open(postgres, OutboxTables.standard()).outbox();
            assertThat(outbox.find(Saves.key("before"))).isPresent();
            durable.forEach((customer, last) -> assertThat(
                            outbox.find(Saves.key(customer)).orElseThrow().desired())
                    .isEqualTo(Saves.state(customer, last).fingerprint()));
            await().atMost(LONG).untilAsserted(() -> {
                states.refresh();
                assertThat(states.get(Saves.STORE).catchUpNeeded()).isTrue();
            });
            LOG.info(
                    "figures: database away for {} s: {} customers kept, {} saves without room, slowest hand-over {} us",
                    OUTAGE.toSeconds(),
                    durable.size(),
                    refused,
                    slowest / 1_000);
            assertThat(Duration.ofNanos(slowest)).isLessThan(Duration.ofMillis(500));
            assertThat(refused).isPositive();
            handOver.close(Duration.ofSeconds(5));
        } finally {
            threads.shutdownNow();
        }
    }

    /** Whoever needed a second connection of the pool, or waited for one, would stall all eight. */
    @Test
    void eightThreadsInTransactionsOnFourConnectionsDoNotStall() throws Exception {
        HikariDataSource postgres = (HikariDataSource) TestDatabase.POSTGRESQL.empty();
        new JdbcTemplate(postgres).execute("CREATE TABLE IF NOT EXISTS shop (id BIGSERIAL PRIMARY KEY, name TEXT)");
        for (boolean autoCommit : new boolean[] {true, false}) {
            for (boolean atomic : new boolean[] {false, true}) {
                TestDatabase.POSTGRESQL.empty();
                try (HikariDataSource pool = pool(postgres.getJdbcUrl(), postgres.getUsername(), 4, autoCommit)) {
                    Duration took = eightThreads(pool, atomic);
                    LOG.info(
                            "figures: 8 threads, 4 connections, autoCommit={}, {}: 1200 saves in {} ms",
                            autoCommit,
                            atomic ? "atomic" : "hand-over",
                            took.toMillis());
                    assertThat(took).isLessThan(Duration.ofSeconds(30));
                }
                assertThat(new JdbcTemplate(postgres)
                                .queryForObject("SELECT COUNT(*) FROM yotpo_customer_sync", Integer.class))
                        .isEqualTo(1200);
            }
        }
    }

    private static Duration eightThreads(HikariDataSource pool, boolean atomic) throws Exception {
        JdbcStorage storage = JdbcStorage.open(pool, OutboxTables.standard());
        AtomicWriter writer = storage.atomicWriter();
        HandOver handOver =
                HandOver.groupCommit(storage.outbox(), CLOCK, GroupCommitSettings.standard(), HandOverListener.none());
        TransactionTemplate host = new TransactionTemplate(new DataSourceTransactionManager(pool));
        JdbcTemplate shop = new JdbcTemplate(pool);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        long start = System.nanoTime();
        List<Future<?>> running = new ArrayList<>();
        for (int thread = 0; thread < 8; thread++) {
            String prefix = "t" + thread + "-";
            running.add(threads.submit(() -> {
                for (int i = 0; i < 150; i++) {
                    Desired state = Saves.state(prefix + i, 10_001);
                    host.executeWithoutResult(status -> {
                        shop.update("INSERT INTO shop (name) VALUES (?)", "x");
                        TransactionSynchronizationManager.registerSynchronization(
                                new Save(pool, writer, handOver, state, atomic));
                    });
                }
            }));
        }
        for (Future<?> one : running) {
            one.get(60, TimeUnit.SECONDS);
        }
        assertThat(handOver.close(Duration.ofSeconds(30))).isZero();
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        threads.shutdown();
        return took;
    }

    private record Save(HikariDataSource pool, AtomicWriter writer, HandOver handOver, Desired state, boolean atomic)
            implements TransactionSynchronization {

        @Override
        public void beforeCommit(boolean readOnly) {
            if (atomic) {
                Connection connection = DataSourceUtils.getConnection(pool);
                try {
                    writer.write(connection, List.of(state), CLOCK.instant());
                } catch (java.sql.SQLException fault) {
                    throw new IllegalStateException(fault);
                } finally {
                    DataSourceUtils.releaseConnection(connection, pool);
                }
            }
        }

        @Override
        public void afterCommit() {
            if (!atomic) {
                handOver.offer(state);
            }
        }
    }

    @Test
    void twoNodesWithAlternatingSavesOfOneCustomerEndAtTheLastState() {
        HikariDataSource postgres = (HikariDataSource) TestDatabase.POSTGRESQL.empty();
        Outbox outbox = JdbcStorage.open(postgres, OutboxTables.standard()).outbox();
        List<RecentUpserts> memories = List.of(recent(), recent());
        CustomerKey key = Saves.key("a");
        Desired last = Saves.state("a", 0);
        for (int save = 0; save < 100; save++) {
            // Two contents in turn, so that each node's memory holds what the other has overtaken.
            Desired content = Saves.state("a", save / 2 % 2);
            last = new Desired(
                    key,
                    content.payload(),
                    content.fingerprint(),
                    10_001 + 2L * save,
                    content.origin(),
                    content.notBefore());
            memories.get(save % 2)
                    .offer(
                            last,
                            state -> outbox.upsert(List.of(state), CLOCK.instant())
                                    .isEmpty());
            assertThat(outbox.find(key).orElseThrow().desired()).isEqualTo(last.fingerprint());
        }
        assertThat(outbox.find(key).orElseThrow().sourceVersion()).isEqualTo(last.sourceVersion());
    }

    private static RecentUpserts recent() {
        return new RecentUpserts(RecentSettings.DEFAULTS, true, Ticker.systemTicker());
    }

    @Test
    void afterARestartPendingRowsContinueWithTheirAttemptsAndNextTime(@TempDir Path folder) throws Exception {
        Instant now = Instant.parse("2026-03-01T10:00:00Z");
        Instant later = now.plusSeconds(3600);
        String url = "jdbc:h2:file:" + folder.resolve("shop") + ";WRITE_DELAY=0";
        Outbox first = restarted(url);
        first.upsert(List.of(Saves.state("a", 10_001), Saves.state("b", 10_001)), now);
        LaneLease lease = first.lease(Saves.STORE, "first", Saves.LEASE, now).orElseThrow();
        Claim claim = first.claim(lease, 1, now).get(0);
        Failure down = new Failure(FailureClass.OUTAGE, 503, "down");
        assertThat(first.complete(List.of(new RetryAt(claim, later, true, down)), now))
                .isEmpty();

        Outbox second = restarted(url);

        var row = second.find(claim.key()).orElseThrow();
        assertThat(row.attempts()).isEqualTo(1);
        assertThat(row.nextAttemptAt()).isEqualTo(later);
        assertThat(row.failure()).isEqualTo(down);
        Instant afterLease = now.plus(Saves.LEASE);
        LaneLease taken =
                second.lease(Saves.STORE, "second", Saves.LEASE, afterLease).orElseThrow();
        assertThat(second.claim(taken, 10, afterLease))
                .hasSize(1)
                .noneMatch(other -> other.key().equals(claim.key()));
        LaneLease atLast =
                second.lease(Saves.STORE, "second", Saves.LEASE, later).orElseThrow();
        assertThat(second.claim(atLast, 10, later)).anySatisfy(again -> {
            assertThat(again.key()).isEqualTo(claim.key());
            assertThat(again.attempts()).isEqualTo(1);
        });
    }

    /** Nothing keeps the file open in between: each call is a connection of its own. */
    private static Outbox restarted(String url) throws Exception {
        JdbcDataSource file = new JdbcDataSource();
        file.setUrl(url);
        file.setUser("sa");
        JdbcSchema.create(file, OutboxTables.standard());
        return JdbcStorage.open(file, OutboxTables.standard()).outbox();
    }

    private static HikariDataSource pool(String url, String user, int size, boolean autoCommit) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword("");
        config.setMaximumPoolSize(size);
        config.setAutoCommit(autoCommit);
        config.setConnectionTimeout(2_000);
        return new HikariDataSource(config);
    }
}
