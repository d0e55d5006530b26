package io.yotposync.bench;

import com.zaxxer.hikari.HikariDataSource;
import io.yotposync.bench.peers.Kind;
import io.yotposync.bench.peers.Peer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.broadleafcommerce.profile.core.domain.Customer;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;
import org.springframework.transaction.TransactionStatus;

/**
 * What a save costs more, on the saving thread. The host's own work (changing the customer, its flush, its transaction)
 * is done around each call and not measured. Saves come {@value #PAUSE_MICROS} µs apart, which is far more than a shop has and
 * leaves a queue without end enough memory for a run.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
@NullUnmarked // JMH sets the fields
public class SaveBenchmark {

    static final String DATABASE = "bench.database";

    static final int PAUSE_MICROS = 100;

    static final int SHOPPERS = 5_000;

    /** How Yotpo is. */
    public enum Yotpo {
        HEALTHY,
        SLOW,
        DOWN
    }

    @Param("OURS_MEMORY")
    public Kind kind;

    @Param("HEALTHY")
    public Yotpo yotpo;

    /** Whether each save changes something. */
    @Param("true")
    public boolean change;

    private final Customer[] shoppers = new Customer[SHOPPERS];
    private LocalYotpo server;
    private HikariDataSource pool;
    private Host host;
    private Peer peer;
    private TransactionStatus transaction;
    private Customer next;
    private int number;

    @Setup(Level.Trial)
    public void start() {
        server = new LocalYotpo()
                .latency(yotpo == Yotpo.SLOW ? Duration.ofSeconds(2) : Duration.ofMillis(20))
                .down(yotpo == Yotpo.DOWN);
        pool = Postgres.pool(System.getProperty(DATABASE), 20);
        Postgres.clear(pool);
        host = new Host(pool);
        peer = kind.start(server.url(), pool, host.manager());
        for (int i = 0; i < SHOPPERS; i++) {
            shoppers[i] = Shoppers.complete(i + 1);
        }
    }

    @Setup(Level.Invocation)
    public void change(Blackhole hole) {
        long until = System.nanoTime() + PAUSE_MICROS * 1000L;
        next = shoppers[number % SHOPPERS];
        number++;
        if (change) {
            next.setFirstName("Given" + number);
            Shoppers.saved(next);
        }
        if (kind.isTransactional()) {
            transaction = host.begin();
            host.save(next);
        } else {
            spinUntil(until);
        }
        hole.consume(Shoppers.flushed(next));
    }

    static void spinUntil(long nanoTime) {
        while (System.nanoTime() < nanoTime) {
            Thread.onSpinWait();
        }
    }

    @Benchmark
    public void save() {
        peer.saved(next);
    }

    @TearDown(Level.Invocation)
    public void commit() {
        if (kind.isTransactional()) {
            host.commit(transaction);
        }
    }

    @TearDown(Level.Trial)
    public void stop() {
        peer.close();
        pool.close();
        server.close();
    }
}
