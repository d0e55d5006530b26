package io.yotposync.jdbc;

import static io.yotposync.outbox.States.EU;
import static io.yotposync.outbox.States.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.outbox.Claim;
import io.yotposync.outbox.Completion;
import io.yotposync.outbox.Completion.Acknowledged;
import io.yotposync.outbox.LaneLease;
import io.yotposync.outbox.Outbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** A database with our tables, and nodes that share it. */
interface DatabaseScene {

    int THREADS = 8;

    TestDatabase database();

    /** An outbox as a node has one. */
    Outbox node(DataSource pool);

    /** What writes within transactions of the host's. */
    AtomicWriter writer(DataSource pool);

    default int rows() {
        Integer count = new JdbcTemplate(database().pool())
                .queryForObject("SELECT COUNT(*) FROM yotpo_customer_sync", Integer.class);
        return count == null ? -1 : count;
    }

    default List<Completion> acknowledgeAll(Outbox outbox, int expected) {
        return List.copyOf(outbox.complete(endsOf(outbox, expected), at(2)));
    }

    default List<Acknowledged> endsOf(Outbox outbox, int expected) {
        LaneLease lease =
                outbox.lease(EU, "node", Duration.ofSeconds(60), at(1)).orElseThrow();
        List<Claim> claims = outbox.claim(lease, 5_000, at(1));
        assertThat(claims).hasSize(expected);
        return claims.stream().map(claim -> new Acknowledged(claim, null)).toList();
    }

    default <T> List<T> atOnce(Callable<T> work) throws Exception {
        CyclicBarrier start = new CyclicBarrier(THREADS);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<T>> running = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                running.add(threads.submit(() -> {
                    start.await();
                    return work.call();
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> one : running) {
                results.add(one.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
