package io.yotposync.bench.peers;

import com.zaxxer.hikari.HikariDataSource;
import io.yotposync.bench.Plugin;
import java.net.URI;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** All ways that are compared. */
public enum Kind {
    CALL_IN_LISTENER("JDK client in the listener", false),
    ASYNC_RETRY("@Async + Spring Retry", false),
    INTEGRATION("Spring Integration, retry advice", false),
    TRANSACTION_OUTBOX("transaction-outbox", true),
    DB_SCHEDULER("db-scheduler one-time task", true),
    OURS_MEMORY("plugin, memory", false),
    OURS_JDBC("plugin, JDBC hand-over", false),
    OURS_ATOMIC("plugin, JDBC atomic", true);

    private final String text;
    private final boolean transactional;

    Kind(String text, boolean transactional) {
        this.text = text;
        this.transactional = transactional;
    }

    public String text() {
        return text;
    }

    /** Whether it writes in the host's own transaction, and so needs one. */
    public boolean isTransactional() {
        return transactional;
    }

    /** Whether what waits to be sent outlives the process. */
    public boolean isDurable() {
        return transactional || this == OURS_JDBC;
    }

    /**
     * Starts one.
     *
     * @param manager of the host's transactions on the pool
     */
    public Peer start(URI yotpo, HikariDataSource pool, DataSourceTransactionManager manager) {
        return switch (this) {
            case CALL_IN_LISTENER -> new CallInListener(yotpo);
            case ASYNC_RETRY -> new AsyncRetry(yotpo);
            case INTEGRATION -> new IntegrationRoute(yotpo);
            case TRANSACTION_OUTBOX -> new OutboxLibrary(yotpo, pool, manager);
            case DB_SCHEDULER -> new SchedulerLibrary(yotpo, pool);
            case OURS_MEMORY -> new Ours(unlimited(yotpo).start());
            case OURS_JDBC -> new Ours(unlimited(yotpo).on(pool).start());
            case OURS_ATOMIC -> new OursAtomic(unlimited(yotpo).on(pool).start(), pool);
        };
    }

    /** As the peers, which know no limit either, and send by eight threads. */
    private static Plugin.Setup unlimited(URI yotpo) {
        return Plugin.to(yotpo).stores(1).with("defaults.max-in-flight", "8");
    }
}
