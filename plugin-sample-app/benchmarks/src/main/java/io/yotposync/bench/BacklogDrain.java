package io.yotposync.bench;

import com.zaxxer.hikari.HikariDataSource;
import io.yotposync.bench.peers.Kind;
import io.yotposync.bench.peers.Peer;
import io.yotposync.dispatch.Dispatcher;
import io.yotposync.outbox.Desired;
import io.yotposync.outbox.Origin;
import io.yotposync.payload.Fingerprint;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.broadleafcommerce.profile.core.domain.Customer;
import org.springframework.transaction.TransactionStatus;

/** Section 4. */
final class BacklogDrain implements Section {

    private static final Duration LATENCY = Duration.ofMillis(20);

    @Override
    public String name() {
        return "drain";
    }

    @Override
    public String title() {
        return "4. Draining a backlog";
    }

    @Override
    public String about() {
        return "A local Yotpo that answers after 20 ms; one thread of this process serves it. With a limit it refuses what"
                + " is too fast in any second, token calls included. Without one, the plugin has 400 requests under way and"
                + " the peers the threads that their documentation gives them.";
    }

    @Override
    public Table run(Scale scale) throws Exception {
        Table table = new Table("backlog", "acknowledged/s", "range", "of what is possible", "429");
        try (Postgres postgres = new Postgres()) {
            unlimited(table, scale, "plugin, memory, no limit", null);
            try (HikariDataSource pool = postgres.pool(10)) {
                unlimited(table, scale, "plugin, PostgreSQL, no limit", pool);
            }
            for (Kind kind :
                    new Kind[] {Kind.ASYNC_RETRY, Kind.INTEGRATION, Kind.TRANSACTION_OUTBOX, Kind.DB_SCHEDULER}) {
                peer(table, scale, kind, postgres);
            }
        }
        for (int rate : scale.smoke() ? new int[] {50} : new int[] {5, 50}) {
            permitted(table, scale, rate);
        }
        fairly(table, scale);
        return table;
    }

    private static void permitted(Table table, Scale scale, int rate) {
        Spread speed = new Spread();
        long refused = 0;
        for (int i = 0; i < scale.repetitions(); i++) {
            try (LocalYotpo yotpo = new LocalYotpo().latency(LATENCY).limit(rate);
                    Plugin plugin = Plugin.to(yotpo.url())
                            .stores(1)
                            .with("defaults.rate-limit", rate)
                            .with("defaults.max-in-flight", Math.max(5, rate / 5))
                            .start()) {
                int backlog = scale.of(Math.max(rate * 12, 300), 10); // a minute of the slowest
                fill(plugin, 1, backlog);
                await(yotpo::accepted, backlog, 120);
                speed.add((yotpo.accepted() - 1) / yotpo.seconds());
                refused += yotpo.tooFast();
            }
        }
        table.row(
                "plugin, " + rate + " permitted",
                speed.median(),
                speed.range(),
                percent(speed.median() / rate),
                refused);
    }

    private static void fairly(Table table, Scale scale) {
        int stores = scale.of(50, 4);
        int rate = 5;
        Spread worst = new Spread();
        Spread sum = new Spread();
        long refused = 0;
        for (int i = 0; i < scale.repetitions(); i++) {
            try (LocalYotpo yotpo = new LocalYotpo().latency(LATENCY).limit(rate);
                    Plugin plugin = Plugin.to(yotpo.url())
                            .stores(stores)
                            .with("defaults.rate-limit", rate)
                            .start()) {
                yotpo.down("store-0");
                int backlog = scale.of(rate * 40, 50);
                fill(plugin, stores, backlog);
                int healthy = stores - 1;
                // From the first second on, which the token call takes a place of.
                await(yotpo::accepted, healthy, 30);
                long[] before = taken(yotpo, stores);
                double seconds = scale.of(10, 2);
                LockSupport.parkNanos((long) (seconds * 1e9));
                long[] after = taken(yotpo, stores);
                long least = Long.MAX_VALUE;
                long all = 0;
                for (int store = 1; store < stores; store++) {
                    least = Math.min(least, after[store] - before[store]);
                    all += after[store] - before[store];
                }
                worst.add(least / seconds);
                sum.add(all / seconds);
                refused += yotpo.tooFast();
            }
        }
        String name = "plugin, " + stores + " stores of " + rate + " permitted, one down";
        table.row(name + ": all", sum.median(), sum.range(), percent(sum.median() / ((stores - 1) * rate)), refused);
        table.row(name + ": the worst", worst.median(), worst.range(), percent(worst.median() / rate), "");
    }

    private static long[] taken(LocalYotpo yotpo, int stores) {
        long[] taken = new long[stores];
        for (int store = 0; store < stores; store++) {
            taken[store] = yotpo.accepted("store-" + store);
        }
        return taken;
    }

    static void unlimited(
            Table table, Scale scale, String name, @org.jspecify.annotations.Nullable HikariDataSource pool) {
        Spread speed = new Spread();
        int backlog = scale.of(pool == null ? 60_000 : 20_000, 200);
        for (int i = 0; i <= scale.repetitions(); i++) {
            if (pool != null) {
                Postgres.clear(pool);
            }
            try (LocalYotpo yotpo = new LocalYotpo().latency(LATENCY)) {
                Plugin.Setup setup = Plugin.to(yotpo.url())
                        .stores(1)
                        .with("defaults.max-in-flight", "400")
                        .with("outbox.max-rows", backlog);
                try (Plugin plugin =
                        pool == null ? setup.start() : setup.on(pool).start()) {
                    fill(plugin, 1, backlog);
                    await(yotpo::accepted, backlog, 120);
                    if (i > 0) { // the first one warms up
                        speed.add(yotpo.accepted() / yotpo.seconds());
                    }
                }
            }
        }
        table.row(name, speed.median(), speed.range(), "", "");
    }

    private static void peer(Table table, Scale scale, Kind kind, Postgres postgres) {
        Spread speed = new Spread();
        int backlog = scale.of(3_000, 20);
        for (int i = 0; i < scale.repetitions(); i++) {
            try (HikariDataSource pool = postgres.pool(30);
                    LocalYotpo yotpo = new LocalYotpo().latency(LATENCY)) {
                Postgres.clear(pool);
                Host host = new Host(pool);
                try (Peer peer = kind.start(yotpo.url(), pool, host.manager())) {
                    for (int number = 1; number <= backlog; number++) {
                        Customer customer = Shoppers.complete(number);
                        TransactionStatus transaction = kind.isTransactional() ? host.begin() : null;
                        peer.saved(customer);
                        if (transaction != null) {
                            host.commit(transaction);
                        }
                    }
                    await(yotpo::accepted, backlog, 120);
                    speed.add(yotpo.accepted() / yotpo.seconds());
                }
            }
        }
        table.row(kind.text() + ", no limit", speed.median(), speed.range(), "", "");
    }

    /** The ledger's own way in: what a backlog comes from is another section's matter. */
    static void fill(Plugin plugin, int stores, int each) {
        Instant now = Instant.now();
        for (int store = 0; store < stores; store++) {
            StoreKey key = new StoreKey(stores == 1 ? "default" : "store-" + store);
            List<Desired> batch = new ArrayList<>();
            for (int i = 0; i < each; i++) {
                String body = "{\"customer\":{\"external_id\":\"" + i + "\",\"filler\":\"" + "x".repeat(430) + "\"}}";
                batch.add(new Desired(
                        new CustomerKey(key, String.valueOf(i)), body, Fingerprint.of(body), 1, Origin.LIVE, now));
            }
            plugin.outbox().upsert(batch, now);
            plugin.bean(Dispatcher.class).wake(key, now);
        }
    }

    static void await(LongSupplier count, long wanted, int seconds) {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        while (count.getAsLong() < wanted) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(count.getAsLong() + " of " + wanted + " within " + seconds + " s");
            }
            LockSupport.parkNanos(5_000_000);
        }
    }

    static String percent(double part) {
        return Table.number(part * 100) + " %";
    }
}
