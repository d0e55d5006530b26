package io.yotposync.bench;

import com.zaxxer.hikari.HikariDataSource;
import io.yotposync.bench.SaveBenchmark.Yotpo;
import io.yotposync.bench.peers.Kind;
import io.yotposync.bench.peers.Peer;
import io.yotposync.bench.peers.YotpoCall;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Locale;
import org.broadleafcommerce.profile.core.domain.Customer;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;
import org.springframework.transaction.TransactionStatus;

/** Section 1. */
final class SavingThread implements Section {

    /** What is not compiled to the end allocates more. */
    private static final int WARMING = 4;

    @Override
    public String name() {
        return "save";
    }

    @Override
    public String title() {
        return "1. The saving thread";
    }

    @Override
    public String about() {
        return "What a save of a registered customer with address and phone costs more, in µs (JMH, sample time, a JVM for"
                + " each row; the range is that of the medians of its iterations). Yotpo answers within 20 ms, within 2 s,"
                + " or 503. The three that write in the host's transaction cost what they add to it; its commit is the"
                + " host's. Allocation is that of the saving thread alone."
                + " Saves come " + SaveBenchmark.PAUSE_MICROS
                + " µs apart, on a thread that spins meanwhile; right before"
                + " each the customer's properties are read, as Hibernate's flush reads them.";
    }

    @Override
    public Table run(Scale scale) throws Exception {
        Table table = new Table("a save with", "Yotpo", "p50", "range", "p99", "p99.9", "allocated B");
        try (Postgres postgres = new Postgres()) {
            RunResult raw = jmh(RawBenchmark.class, scale, postgres.url(), options -> options);
            add(table, "limit: Jackson + SHA-256", "–", raw, allocatedRaw());
            for (Kind kind : Kind.values()) {
                String allocated = Table.number(allocated(kind, true, postgres, scale));
                for (Yotpo yotpo : scale.smoke() ? new Yotpo[] {Yotpo.HEALTHY} : Yotpo.values()) {
                    RunResult result = jmh(
                            SaveBenchmark.class,
                            scale,
                            postgres.url(),
                            options -> options.param("kind", kind.name()).param("yotpo", yotpo.name()));
                    String shown = yotpo == Yotpo.HEALTHY ? allocated : "";
                    add(table, kind.text(), yotpo.name().toLowerCase(Locale.ROOT), result, shown);
                }
            }
            for (Kind kind : new Kind[] {Kind.OURS_MEMORY, Kind.OURS_JDBC}) {
                RunResult same = jmh(
                        SaveBenchmark.class,
                        scale,
                        postgres.url(),
                        options -> options.param("kind", kind.name()).param("change", "false"));
                String allocated = Table.number(allocated(kind, false, postgres, scale));
                add(table, kind.text() + ", nothing changed", "healthy", same, allocated);
            }
        }
        return table;
    }

    private interface More {
        ChainedOptionsBuilder to(ChainedOptionsBuilder options);
    }

    private static RunResult jmh(Class<?> benchmark, Scale scale, String database, More more) throws RunnerException {
        TimeValue length = TimeValue.milliseconds(scale.smoke() ? 100 : 2000);
        // Two processors take this long to compile all that is called ten thousand times a second.
        TimeValue warming = TimeValue.milliseconds(scale.smoke() ? 100 : 6000);
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("\\b" + benchmark.getSimpleName() + "\\.")
                .forks(scale.smoke() ? 0 : 1)
                .warmupIterations(scale.of(2, 1))
                .warmupTime(warming)
                .measurementIterations(scale.of(3, 1))
                .measurementTime(length)
                .shouldDoGC(true)
                .verbosity(VerboseMode.SILENT)
                .jvmArgsAppend("-Xmx2g", "-D" + SaveBenchmark.DATABASE + "=" + database);
        System.setProperty(SaveBenchmark.DATABASE, database);
        return new Runner(more.to(options).build()).runSingle();
    }

    private static void add(Table table, String name, String yotpo, RunResult result, String allocated) {
        Statistics all = result.getPrimaryResult().getStatistics();
        Spread medians = new Spread();
        result.getAggregatedResult()
                .getIterationResults()
                .forEach(each ->
                        medians.add(each.getPrimaryResult().getStatistics().getPercentile(50)));
        table.row(
                name,
                yotpo,
                all.getPercentile(50),
                medians.range(),
                all.getPercentile(99),
                all.getPercentile(99.9),
                allocated);
    }

    /** Bytes of a save on the saving thread, once everything is compiled. */
    private static double allocated(Kind kind, boolean change, Postgres postgres, Scale scale) {
        int saves =
                kind == Kind.CALL_IN_LISTENER || kind.isTransactional() ? scale.of(3_000, 20) : scale.of(20_000, 20);
        try (LocalYotpo yotpo = new LocalYotpo().latency(Duration.ZERO);
                HikariDataSource pool = postgres.pool(20)) {
            Postgres.clear(pool);
            Host host = new Host(pool);
            try (Peer peer = kind.start(yotpo.url(), pool, host.manager())) {
                Customer customer = Shoppers.complete(1);
                for (int warming = 0; warming < scale.of(WARMING, 1); warming++) {
                    loop(kind, host, peer, customer, saves, change);
                }
                return loop(kind, host, peer, customer, saves, change) / (double) saves;
            }
        }
    }

    private static long loop(Kind kind, Host host, Peer peer, Customer customer, int saves, boolean change) {
        long bytes = 0;
        for (int i = 0; i < saves; i++) {
            if (change) {
                customer.setFirstName("Given" + i);
                Shoppers.saved(customer);
            }
            if (kind.isTransactional()) {
                TransactionStatus transaction = host.begin();
                host.save(customer);
                bytes += allocatedBy(() -> peer.saved(customer));
                host.commit(transaction);
            } else {
                bytes += allocatedBy(() -> peer.saved(customer));
            }
        }
        return bytes;
    }

    private static String allocatedRaw() {
        Customer customer = Shoppers.complete(1);
        long bytes = 0;
        int times = 20_000;
        for (int i = 0; i < 2 * times; i++) {
            long one = allocatedBy(() -> RawBenchmark.fingerprint(YotpoCall.body(customer)));
            bytes += i < times ? 0 : one;
        }
        return Table.number(bytes / (double) times);
    }

    private static long allocatedBy(Runnable work) {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        work.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
