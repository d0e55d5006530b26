package io.yotposync.bench;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.yotposync.jdbc.JdbcSchema;
import io.yotposync.jdbc.OutboxTables;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Backfills many customers on PostgreSQL with everything written to disk, in a process of at most 512 MB that is killed
 * now and then, and once more without a change. {@code ScanBench [customers] [seed] [kills]}; see the figures it prints.
 */
final class ScanBench {

    private static final int BATCH = 1000;

    private ScanBench() {}

    public static void main(String[] args) throws Exception {
        int customers = args.length > 0 ? Integer.parseInt(args[0]) : 100_000;
        Random random = new Random(args.length > 1 ? Long.parseLong(args[1]) : 1);
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "on")
                        .setServerConfig("synchronous_commit", "on")
                        .start();
                CountingYotpo yotpo = new CountingYotpo(customers)) {
            String url = postgres.getJdbcUrl("postgres", "postgres");
            try (HikariDataSource pool = pool(url)) {
                fill(pool, customers);
                read(pool, customers);
            }
            List<Long> kills = random.longs(args.length > 2 ? Long.parseLong(args[2]) : 3, 1, customers)
                    .boxed()
                    .sorted(Comparator.naturalOrder())
                    .toList();
            long begin = System.nanoTime();
            for (long kill : kills) {
                Node node = new Node(url, yotpo.port());
                node.killWhen(yotpo, kill);
                System.out.println("killed after " + yotpo.upserts + " upserts");
            }
            new Node(url, yotpo.port()).await();
            seconds("first run, " + kills.size() + " kills and their leases included", begin, customers);
            System.out.println(yotpo.tally());

            long sent = yotpo.upserts.get();
            begin = System.nanoTime();
            new Node(url, yotpo.port()).await();
            seconds("unchanged run, start of the process included", begin, customers);
            System.out.println("upserts in it: " + (yotpo.upserts.get() - sent));
        }
        System.exit(0);
    }

    private static HikariDataSource pool(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername("postgres");
        return new HikariDataSource(config);
    }

    private static void fill(HikariDataSource pool, int customers) throws Exception {
        JdbcSchema.create(pool, OutboxTables.standard());
        JdbcTemplate jdbc = new JdbcTemplate(pool);
        jdbc.execute("CREATE TABLE blc_customer (customer_id BIGINT PRIMARY KEY, email_address VARCHAR(255),"
                + " first_name VARCHAR(255), last_name VARCHAR(255), date_updated TIMESTAMP)");
        jdbc.update(
                "INSERT INTO blc_customer SELECT i, 'c' || i || '@example.com', 'F' || i, 'L' || i, now() - interval '1 day'"
                        + " FROM generate_series(1, ?) i",
                customers);
        jdbc.execute("ANALYZE blc_customer");
    }

    /** The measure of the unchanged run: the same pages, and nothing done with them. */
    private static void read(HikariDataSource pool, int customers) {
        TableSource source = new TableSource(pool);
        long begin = System.nanoTime();
        String after = null;
        List<String> ids = source.idsAfter(null, BATCH);
        long read = 0;
        while (!ids.isEmpty()) {
            read += source.findAll(ids).size();
            after = ids.get(ids.size() - 1);
            ids = source.idsAfter(after, BATCH);
        }
        seconds("reading alone, " + read + " customers", begin, customers);
    }

    private static void seconds(String what, long begin, int customers) {
        double seconds = (System.nanoTime() - begin) / 1e9;
        System.out.printf(
                "%s: %.1f s, %.0f customers/s at a load of %.1f%n",
                what,
                seconds,
                customers / seconds,
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    /** A process of its own. */
    private static final class Node {
        private final Process process;

        Node(String url, int port) throws IOException {
            String java =
                    Path.of(System.getProperty("java.home"), "bin", "java").toString();
            process = new ProcessBuilder(
                            java,
                            "-Xmx512m",
                            "-Xshare:off",
                            "-cp",
                            System.getProperty("java.class.path"),
                            ScanNode.class.getName(),
                            url,
                            String.valueOf(port))
                    .inheritIO()
                    .start();
        }

        void killWhen(CountingYotpo yotpo, long upserts) throws InterruptedException {
            while (process.isAlive() && yotpo.upserts.get() < upserts) {
                LockSupport.parkNanos(1_000_000);
            }
            process.destroyForcibly().waitFor();
        }

        void await() throws InterruptedException {
            if (process.waitFor() != 0) {
                throw new IllegalStateException("the node ended with " + process.exitValue());
            }
        }
    }
}
