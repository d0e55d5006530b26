package io.yotposync.bench;

import com.github.benmanes.caffeine.cache.Ticker;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.yotposync.CustomerSync;
import io.yotposync.client.HttpYotpoClient;
import io.yotposync.dispatch.DispatchSettings;
import io.yotposync.dispatch.Dispatcher;
import io.yotposync.dispatch.LanePorts;
import io.yotposync.dispatch.Lanes;
import io.yotposync.dispatch.SyncThreads;
import io.yotposync.identity.CustomerIdentifier;
import io.yotposync.identity.PhoneNumbers;
import io.yotposync.jdbc.JdbcStorage;
import io.yotposync.jdbc.OutboxTables;
import io.yotposync.observe.SyncListener;
import io.yotposync.outbox.HandOver;
import io.yotposync.outbox.HandOverListener;
import io.yotposync.outbox.Outbox;
import io.yotposync.payload.FieldPrints;
import io.yotposync.payload.PayloadMapper;
import io.yotposync.prepare.Preparation;
import io.yotposync.recent.RecentSettings;
import io.yotposync.recent.RecentUpserts;
import io.yotposync.scan.Backfills;
import io.yotposync.scan.Mapping;
import io.yotposync.scan.ScanPhase;
import io.yotposync.scan.ScanPorts;
import io.yotposync.scan.ScanSettings;
import io.yotposync.scan.ScanState;
import io.yotposync.scan.ScanStates;
import io.yotposync.scan.ScanStatus;
import io.yotposync.scan.Scanner;
import io.yotposync.source.CustomerSource;
import io.yotposync.source.Rereads;
import io.yotposync.store.Credentials;
import io.yotposync.store.CredentialsSource;
import io.yotposync.store.SendingSettings;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreSettings;
import io.yotposync.store.StoreStates;
import io.yotposync.store.StoreSwitch;
import io.yotposync.store.Stores;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * One node that backfills, in a process of its own so that it can be killed: {@code ScanNode <jdbc url> <port>}. Ends when
 * all is sent; prints its progress.
 */
final class ScanNode {

    private static final StoreKey STORE = StoreKey.DEFAULT;

    private ScanNode() {}

    public static void main(String[] args) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(args[0]);
        config.setUsername("postgres");
        config.setMaximumPoolSize(6);
        try (HikariDataSource pool = new HikariDataSource(config)) {
            run(pool, Integer.parseInt(args[1]));
        }
        System.exit(0);
    }

    static StoreSettings store(int port) {
        SendingSettings base = SendingSettings.DEFAULTS;
        return StoreSettings.of(STORE, new Credentials("bench", "secret"))
                .withSending(new SendingSettings(
                        URI.create("http://127.0.0.1:" + port),
                        0,
                        256,
                        base.connectTimeout(),
                        Duration.ofSeconds(5),
                        Duration.ZERO,
                        base.retryDelay(),
                        base.maxRetryDelay(),
                        Duration.ofSeconds(15)));
    }

    private static void run(HikariDataSource pool, int port) {
        Clock clock = Clock.systemUTC();
        Stores stores = new Stores(List.of(store(port)));
        FieldPrints prints = new FieldPrints(stores.all());
        JdbcStorage storage = JdbcStorage.open(
                pool, OutboxTables.standard(), (claim, before) -> prints.of(claim.key(), claim.payload(), before));
        Outbox outbox = storage.outbox();
        StoreStates states = storage.storeStates();
        ScanStates scans = storage.scanStates();
        SyncListener listener = SyncListener.all(List.of());
        ScheduledExecutorService threads = SyncThreads.create();
        Lanes lanes = new Lanes(stores, listener, threads);
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .executor(threads)
                .build();
        Dispatcher dispatcher = lanes.dispatcher(
                new LanePorts(
                        outbox,
                        states,
                        new HttpYotpoClient(http, lanes, clock),
                        listener,
                        clock,
                        CredentialsSource.configured()),
                new DispatchSettings(UUID.randomUUID().toString(), DispatchSettings.DEFAULT_POLL));
        PayloadMapper mapper = new PayloadMapper(stores, PhoneNumbers.standard(), List.of());
        Preparation preparation = new Preparation(new CustomerIdentifier(PhoneNumbers.standard()), mapper, clock);
        RecentUpserts recent = new RecentUpserts(RecentSettings.DEFAULTS, true, Ticker.systemTicker());
        CustomerSource source = new TableSource(pool);
        ScanSettings settings = ScanSettings.DEFAULTS.withPace(new ScanSettings.Pace(1000, Duration.ZERO, 5000));
        Scanner scanner = new Scanner(
                new ScanPorts(
                        stores,
                        states,
                        scans,
                        source,
                        outbox,
                        state -> dispatcher.wake(STORE, state.notBefore()),
                        recent::forget,
                        clock),
                settings,
                new Mapping(preparation, mapper, prints),
                List.of(),
                new Scanner.Live(
                        new CustomerSync(
                                new StoreSwitch(stores, states),
                                preparation,
                                recent,
                                HandOver.direct(outbox, clock, HandOverListener.none()),
                                listener)::accept,
                        new Rereads()),
                new Scanner.Place(threads, UUID.randomUUID().toString()));
        Backfills backfills = new Backfills(stores, scans, settings, clock, scanner::wake);
        dispatcher.start();
        scanner.start(List.of());
        backfills.start(STORE);
        long begin = System.nanoTime();
        int looks = 0;
        ScanState state = backfills.status(STORE).orElseThrow();
        boolean all = false;
        while (state.status() != ScanStatus.DONE || outbox.backlog(STORE, 1) > 0) {
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            state = backfills.status(STORE).orElseThrow();
            if (!all && state.phase() == ScanPhase.LEDGER) {
                all = true;
                System.out.printf(
                        "all customers looked at, %.0f a second, %.1f s of CPU on the plugin's threads%n",
                        state.rate(), cpuSeconds("yotpo-sync-"));
            }
            if (++looks % 100 == 10) {
                report(state, begin);
            }
        }
        System.out.printf(
                "DONE %s, %.1f s with all rows looked at, %.1f s of CPU in this process and %.1f in the database's,"
                        + " at most %d MB of memory%n",
                state.counts().text(),
                Duration.between(state.startedAt(), state.updatedAt()).toMillis() / 1000.0,
                seconds(ProcessHandle.current()),
                new JdbcTemplate(pool)
                                .queryForList(
                                        "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend'",
                                        Long.class)
                                .stream()
                                .flatMap(pid -> ProcessHandle.of(pid).stream())
                                .mapToDouble(ScanNode::seconds)
                                .sum(),
                peakMemory());
        scanner.stop(Duration.ofSeconds(10));
        dispatcher.stop(Duration.ofSeconds(10));
    }

    /** What lives is what the last collection of the old generation left; what is used includes garbage. */
    private static void report(ScanState state, long begin) {
        long live = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(memory -> memory.getName().contains("Old") && memory.getCollectionUsage() != null)
                .mapToLong(memory -> memory.getCollectionUsage().getUsed())
                .sum();
        Runtime runtime = Runtime.getRuntime();
        System.out.println((System.nanoTime() - begin) / 1_000_000_000
                + " s " + state.phase() + " " + state.counts().text() + " used "
                + (runtime.totalMemory() - runtime.freeMemory()) / 1_048_576 + " MB, live after collection "
                + live / 1_048_576 + " MB");
    }

    private static double seconds(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1000.0;
    }

    /** All that the process ever held, heap and the rest, in MB; 0 where the system does not tell. */
    private static long peakMemory() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException notLinux) {
            return 0;
        }
    }

    /** On a busy machine this says more than the clock on the wall. */
    private static double cpuSeconds(String name) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        double seconds = 0;
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().startsWith(name)) {
                seconds += threads.getThreadCpuTime(thread.getThreadId()) / 1e9;
            }
        }
        return seconds;
    }
}
