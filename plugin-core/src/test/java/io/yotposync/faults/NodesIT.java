package io.yotposync.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.yotposync.jdbc.JdbcSchema;
import io.yotposync.jdbc.JdbcStorage;
import io.yotposync.jdbc.OutboxTables;
import io.yotposync.jdbc.TestDatabase;
import io.yotposync.outbox.LedgerStatus;
import io.yotposync.outbox.Outbox;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Nodes in processes of their own that are killed, frozen and in each other's way. Kills of each database: {@code
 * -Dyotpo.test.kills=20}.
 */
@Timeout(300)
@Tag("long")
class NodesIT {

    private static final Logger LOG = LoggerFactory.getLogger(NodesIT.class);
    private static final int KILLS = Integer.getInteger("yotpo.test.kills", 4);
    private static final Duration LONG = Duration.ofSeconds(60);

    private final List<NodeProcess> nodes = new ArrayList<>();
    private Receiver receiver;

    @BeforeEach
    void listen() throws Exception {
        receiver = new Receiver();
    }

    @AfterEach
    void endAll() {
        nodes.forEach(NodeProcess::close);
        receiver.close();
    }

    @Test
    void killedNodesLoseNothingDurableOnPostgres() throws Exception {
        HikariDataSource postgres = postgres();
        killsLoseNothing("PostgreSQL", postgres.getJdbcUrl(), postgres.getUsername());
    }

    @Test
    void killedNodesLoseNothingDurableOnMySql() throws Exception {
        HikariDataSource mySql = (HikariDataSource) TestDatabase.MYSQL.empty();
        killsLoseNothing("MySQL", mySql.getJdbcUrl(), mySql.getUsername());
    }

    @Test
    void killedNodesLoseNothingDurableOnAnH2File(@TempDir Path folder) throws Exception {
        String url = "jdbc:h2:file:" + folder.resolve("shop") + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE";
        JdbcDataSource file = new JdbcDataSource();
        file.setUrl(url);
        file.setUser("sa");
        JdbcSchema.create(file, OutboxTables.standard());
        killsLoseNothing("H2 file", url, "sa");
    }

    private void killsLoseNothing(String database, String url, String user) throws Exception {
        Map<String, Long> durable = new HashMap<>();
        int saves = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            NodeProcess node = start("n" + kill, url, user, "k" + kill + "-", 40, 1_000_000, 100);
            int enough = 500 + 100 * kill;
            await().atMost(LONG).until(() -> node.durables() > enough);
            node.kill();
            durable.putAll(node.durable());
            saves += node.durables();
        }
        start("last", url, user, "none", 0, 0, 0);

        await().atMost(LONG).untilAsserted(() -> assertThat(behind(durable)).isZero());
        LOG.info(
                "figures: {}, {} kills under load: {} durable saves of {} customers, 0 lost, {} overlapping sends",
                database,
                KILLS,
                saves,
                durable.size(),
                receiver.overlaps());
        assertThat(receiver.overlaps()).isZero();
        assertThat(receiver.backwards()).isZero();
    }

    private long behind(Map<String, Long> durable) {
        return durable.entrySet().stream()
                .filter(customer -> receiver.last(customer.getKey()) < customer.getValue())
                .count();
    }

    @Test
    void threeNodesWithFailingSendsNeverOverlapAndEndAtTheLastState() throws Exception {
        HikariDataSource postgres = postgres();
        receiver.fail(0.1);
        for (int number = 0; number < 3; number++) {
            start("n" + number, postgres.getJdbcUrl(), postgres.getUsername(), "shared-", 100, 400, 2000);
        }
        await().atMost(LONG).until(() -> nodes.stream().allMatch(NodeProcess::hasSavedAll));

        Map<String, Long> durable = new HashMap<>();
        await().atMost(LONG).untilAsserted(() -> {
            nodes.forEach(
                    node -> node.durable().forEach((customer, version) -> durable.merge(customer, version, Math::max)));
            assertThat(durable).hasSize(100);
            assertThat(behind(durable)).isZero();
        });
        LOG.info(
                "figures: 3 nodes, 4800 saves of 100 customers, 10 % failing: {} sends, {} overlapping, 0 behind",
                receiver.sends(), receiver.overlaps());
        assertThat(receiver.overlaps()).isZero();
        assertThat(receiver.backwards()).isZero();
    }

    @Test
    void aKilledHoldersStoreIsTakenOverWithinTheLease() throws Exception {
        HikariDataSource postgres = postgres();
        Outbox outbox = outbox(postgres);
        Map<String, NodeProcess> both = new HashMap<>();
        for (String name : List.of("one", "two")) {
            both.put(name, start(name, postgres.getJdbcUrl(), postgres.getUsername(), "none", 0, 0, 0));
        }
        save(outbox, "a", 1);
        await().pollInterval(Duration.ofMillis(10)).atMost(LONG).until(() -> receiver.last("a") == 1);
        String holder = receiver.senders().get(0);

        long killed = System.nanoTime();
        Objects.requireNonNull(both.get(holder)).kill();
        save(outbox, "a", 2);
        await().pollInterval(Duration.ofMillis(10)).atMost(LONG).until(() -> receiver.last("a") == 2);

        Duration took = Duration.ofNanos(System.nanoTime() - killed);
        LOG.info("figures: taken over after {} ms with a lease of {} ms", took.toMillis(), Saves.LEASE.toMillis());
        assertThat(took).isLessThan(Saves.LEASE.plusSeconds(2));
        assertThat(receiver.senders()).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void aFrozenHoldersLateAcknowledgementIsRefused() throws Exception {
        HikariDataSource postgres = postgres();
        Outbox outbox = outbox(postgres);
        NodeProcess holder = start("holder", postgres.getJdbcUrl(), postgres.getUsername(), "none", 0, 0, 0);
        save(outbox, "first", 1);
        await().atMost(LONG).until(() -> receiver.last("first") == 1);
        start("other", postgres.getJdbcUrl(), postgres.getUsername(), "none", 0, 0, 0);

        CountDownLatch answer = receiver.hold();
        save(outbox, "a", 1);
        await().pollInterval(Duration.ofMillis(10)).atMost(LONG).until(() -> receiver.isUnderWay("a"));
        holder.signal("STOP");
        save(outbox, "a", 2);
        receiver.answerAtOnce();
        answer.countDown();
        await().atMost(LONG).until(() -> receiver.last("a") == 2);
        await().atMost(LONG)
                .until(() -> outbox.find(Saves.key("a")).orElseThrow().status() == LedgerStatus.IN_SYNC);
        holder.signal("CONT");
        await().atMost(LONG).until(() -> holder.refused() > 0);

        var row = outbox.find(Saves.key("a")).orElseThrow();
        assertThat(row.acknowledged()).isEqualTo(Saves.state("a", 2).fingerprint());
        assertThat(row.status()).isEqualTo(LedgerStatus.IN_SYNC);
        assertThat(receiver.overlaps()).isZero();
        assertThat(receiver.backwards()).isZero();
    }

    private NodeProcess start(String name, String url, String user, String prefix, int customers, int saves, int pause)
            throws Exception {
        NodeProcess node = NodeProcess.start(name, url, user, receiver, prefix, customers, saves, pause);
        nodes.add(node);
        return node;
    }

    private static void save(Outbox outbox, String customer, long version) {
        outbox.upsert(List.of(Saves.state(customer, version)), Clock.systemUTC().instant());
    }

    private static HikariDataSource postgres() {
        return (HikariDataSource) TestDatabase.POSTGRESQL.empty();
    }

    private static Outbox outbox(HikariDataSource pool) throws SQLException {
        return JdbcStorage.open(pool, OutboxTables.standard()).outbox();
    }
}
