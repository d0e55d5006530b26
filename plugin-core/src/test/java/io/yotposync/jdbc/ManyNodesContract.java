package io.yotposync.jdbc;

import static io.yotposync.outbox.States.EU;
import static io.yotposync.outbox.States.T0;
import static io.yotposync.outbox.States.at;
import static io.yotposync.outbox.States.key;
import static io.yotposync.outbox.States.live;
import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.outbox.Claim;
import io.yotposync.outbox.Completion.Acknowledged;
import io.yotposync.outbox.Desired;
import io.yotposync.outbox.GroupCommitSettings;
import io.yotposync.outbox.HandOver;
import io.yotposync.outbox.HandOverListener;
import io.yotposync.outbox.LaneLease;
import io.yotposync.outbox.LedgerQuery;
import io.yotposync.outbox.LedgerStatus;
import io.yotposync.outbox.Outbox;
import io.yotposync.outbox.States;
import io.yotposync.store.CustomerKey;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** What only many threads and nodes that write to one ledger at once can spoil. */
interface ManyNodesContract extends DatabaseScene {

    @Test
    default void manyThreadsSaveThroughOneWriter() throws Exception {
        Outbox outbox = node(database().empty());
        saveOnManyThreads(
                outbox,
                HandOver.groupCommit(
                        outbox,
                        Clock.fixed(T0, ZoneOffset.UTC),
                        GroupCommitSettings.standard(),
                        HandOverListener.none()));
    }

    @Test
    default void manyThreadsSaveMoreThanOneWriteTakes() throws Exception {
        Outbox outbox = node(database().empty());
        ExecutorService helper = Executors.newSingleThreadExecutor();
        AtomicInteger calls = new AtomicInteger();
        saveOnManyThreads(
                outbox,
                HandOver.groupCommit(
                        outbox,
                        Clock.fixed(T0, ZoneOffset.UTC),
                        GroupCommitSettings.standard().withMaxBatch(20),
                        HandOverListener.none(),
                        task -> {
                            calls.incrementAndGet();
                            helper.execute(task);
                        }));
        helper.shutdown();

        assertThat(calls).hasPositiveValue();
    }

    private void saveOnManyThreads(Outbox outbox, HandOver handOver) throws Exception {
        AtomicInteger threads = new AtomicInteger();

        atOnce(() -> {
            int thread = threads.getAndIncrement();
            for (int i = 0; i < 500; i++) {
                handOver.offer(live(key(EU, thread + "-" + i % 100), "v" + i, 10_000 + i));
            }
            return true;
        });

        assertThat(handOver.close(Duration.ofSeconds(60))).isZero();
        assertThat(outbox.list(LedgerQuery.all())).hasSize(800).allSatisfy(row -> {
            String id = row.key().customerId();
            int last = 400 + Integer.parseInt(id.substring(id.indexOf('-') + 1));
            assertThat(row.desired()).isEqualTo(States.print("v" + last));
        });
    }

    @Test
    default void manyNodesCreateTheSchemaAtOnce() throws Exception {
        JdbcTemplate jdbc = new JdbcTemplate(database().pool());
        for (int round = 0; round < 3; round++) {
            jdbc.execute("DROP TABLE IF EXISTS yotpo_customer_sync");
            jdbc.execute("DROP TABLE IF EXISTS yotpo_store_state");
            jdbc.execute("DROP TABLE IF EXISTS yotpo_scan_state");
            atOnce(() -> {
                database().createSchema(database().pool());
                return JdbcStorage.open(database().pool(), OutboxTables.standard());
            });
        }
        assertThat(rows()).isZero();
    }

    @Test
    default void threadsThatClaimAtOnceNeverGetTheSameRow() throws Exception {
        Outbox outbox = node(database().empty());
        int customers = 400;
        outbox.upsert(
                IntStream.range(0, customers)
                        .mapToObj(i -> live(key(EU, "c" + i), "A"))
                        .toList(),
                T0);
        LaneLease lease =
                outbox.lease(EU, "node", Duration.ofSeconds(60), at(1)).orElseThrow();

        List<List<Claim>> claimed = atOnce(() -> {
            List<Claim> mine = new ArrayList<>();
            for (int round = 0; round < 20; round++) {
                mine.addAll(outbox.claim(lease, 10, at(1)));
            }
            return mine;
        });

        List<CustomerKey> keys =
                claimed.stream().flatMap(List::stream).map(Claim::key).toList();
        assertThat(keys).doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(customers);
        assertThat(keys.size() + outbox.claim(lease, customers, at(1)).size()).isEqualTo(customers);
    }

    @Test
    default void nodesThatTakeALaneAtOnceGiveItToOne() throws Exception {
        DataSource pool = database().empty();
        AtomicInteger names = new AtomicInteger();

        List<Boolean> got = atOnce(() -> node(pool)
                .lease(EU, "node-" + names.incrementAndGet(), Duration.ofSeconds(60), at(1))
                .isPresent());

        assertThat(got).containsOnlyOnce(true);
    }

    @Test
    default void statesThatArriveOnManyNodesInAnyOrderEndAtTheNewest() throws Exception {
        DataSource pool = database().empty();
        AtomicInteger threads = new AtomicInteger();
        int versions = 40;

        atOnce(() -> {
            Outbox node = node(pool);
            int first = threads.getAndIncrement();
            for (int i = 0; i < versions; i++) {
                long version = first % 2 == 0 ? i : versions - i;
                List<Desired> batch = new ArrayList<>();
                for (int customer = 0; customer < 10; customer++) {
                    batch.add(live(key(EU, "c" + customer), "v" + version, 10_001 + version));
                }
                node.upsert(batch, T0);
            }
            return true;
        });

        assertThat(node(pool).list(LedgerQuery.all())).hasSize(10).allSatisfy(row -> {
            assertThat(row.sourceVersion()).isEqualTo(10_001 + versions);
            assertThat(row.desired()).isEqualTo(States.print("v" + versions));
        });
    }

    @Test
    default void anOlderStateThatIsInsertedInTheMiddleOfAnUpsertIsReplaced() {
        for (int statement = 1; statement <= 3; statement++) {
            DataSource pool = database().empty();
            Outbox other = node(pool);

            upsertInterruptedAt(statement, pool, () -> other.upsert(List.of(live(key(EU, "1"), "old", 9_001)), T0));

            assertThat(other.find(key(EU, "1")).orElseThrow().desired()).isEqualTo(States.print("new"));
        }
    }

    @Test
    default void aRowThatVanishesInTheMiddleOfAnUpsertIsThereAgain() {
        for (int statement = 1; statement <= 3; statement++) {
            DataSource pool = database().empty();
            Outbox other = node(pool);
            other.upsert(List.of(live(key(EU, "1"), "old", 9_001)), T0);

            upsertInterruptedAt(statement, pool, () -> other.forget(List.of(key(EU, "1")), T0));

            assertThat(other.find(key(EU, "1")).orElseThrow().desired()).isEqualTo(States.print("new"));
        }
    }

    @Test
    default void aRowThatIsAcknowledgedWhileItIsMadeDueAgainStaysInSync() {
        for (int statement = 1; statement <= 2; statement++) {
            DataSource pool = database().empty();
            Outbox other = node(pool);
            other.upsert(List.of(live(key(EU, "1"), "A")), T0);
            List<Acknowledged> ends = endsOf(other, 1);

            interruptedAt(
                    statement,
                    pool,
                    outbox -> outbox.requeue(LedgerQuery.all().withStatus(LedgerStatus.PENDING), at(2)),
                    () -> other.complete(ends, at(2)));

            assertThat(other.find(key(EU, "1")).orElseThrow().status()).isEqualTo(LedgerStatus.IN_SYNC);
        }
    }

    private void upsertInterruptedAt(int statement, DataSource pool, Runnable other) {
        interruptedAt(
                statement, pool, outbox -> outbox.upsert(List.of(live(key(EU, "1"), "new", 10_001)), at(1)), other);
    }

    private void interruptedAt(int statement, DataSource pool, Consumer<Outbox> work, Runnable other) {
        Interruption interruption = new Interruption(statement, other);
        Outbox outbox = node(interruption.of(pool));
        interruption.begin();
        work.accept(outbox);
        interruption.end();
    }
}
