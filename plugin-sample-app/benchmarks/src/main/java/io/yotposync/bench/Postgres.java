package io.yotposync.bench;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.List;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/**
 * A PostgreSQL that writes to disk before it says that it has, with everybody's tables. Its cache is that of a shop with a
 * million customers: the 128 MB that it comes with hold neither their ledger nor what a run of ours writes.
 */
public final class Postgres implements AutoCloseable {

    private static final List<String> TABLES = List.of(
            "CREATE TABLE IF NOT EXISTS raw (id VARCHAR(64) PRIMARY KEY, payload TEXT)",
            "CREATE TABLE IF NOT EXISTS shop_customer (id BIGINT PRIMARY KEY, name TEXT)",
            // As db-scheduler's documentation has it for PostgreSQL.
            "CREATE TABLE IF NOT EXISTS scheduled_tasks (task_name TEXT NOT NULL, task_instance TEXT NOT NULL,"
                    + " task_data BYTEA, execution_time TIMESTAMP WITH TIME ZONE NOT NULL, picked BOOLEAN NOT NULL,"
                    + " picked_by TEXT, last_success TIMESTAMP WITH TIME ZONE, last_failure TIMESTAMP WITH TIME ZONE,"
                    + " consecutive_failures INT, last_heartbeat TIMESTAMP WITH TIME ZONE, version BIGINT NOT NULL,"
                    + " priority SMALLINT, PRIMARY KEY (task_name, task_instance))",
            "CREATE INDEX IF NOT EXISTS execution_time_idx ON scheduled_tasks (execution_time)",
            "CREATE INDEX IF NOT EXISTS last_heartbeat_idx ON scheduled_tasks (last_heartbeat)");

    private final EmbeddedPostgres server;
    private final String url;

    public Postgres() throws IOException {
        server = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("shared_buffers", "1GB")
                .setServerConfig("max_wal_size", "4GB")
                .setServerConfig("max_connections", "200")
                .start();
        url = server.getJdbcUrl("postgres", "postgres");
        try (HikariDataSource pool = pool(url, 1)) {
            prepare(pool);
        }
    }

    public String url() {
        return url;
    }

    public HikariDataSource pool(int connections) {
        return pool(url, connections);
    }

    /** For a process that the database is not a part of. */
    static HikariDataSource pool(String url, int connections) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername("postgres");
        config.setPassword("");
        config.setMaximumPoolSize(connections);
        return new HikariDataSource(config);
    }

    private static void prepare(HikariDataSource pool) {
        JdbcTemplate jdbc = new JdbcTemplate(pool);
        TABLES.forEach(jdbc::execute);
        new ResourceDatabasePopulator(new ClassPathResource("db/yotpo/postgresql/schema.sql")).execute(pool);
    }

    /** Empties everybody's tables, and lets the disk finish what was written before: it is not the next one's to pay. */
    static void clear(HikariDataSource pool) {
        JdbcTemplate jdbc = new JdbcTemplate(pool);
        jdbc.execute("TRUNCATE raw, shop_customer, scheduled_tasks, yotpo_customer_sync, yotpo_store_state");
        Boolean there = jdbc.queryForObject("SELECT to_regclass('txno_outbox') IS NOT NULL", Boolean.class);
        if (Boolean.TRUE.equals(there)) {
            jdbc.execute("TRUNCATE txno_outbox");
        }
        jdbc.execute("CHECKPOINT");
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
