package io.yotposync.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Somebody else's work, done when a connection is about to prepare one of its statements, or as soon as locks let it. */
final class Interruption {

    /** Whoever is not done by then waits for a lock of ours. */
    private static final Duration UNLESS_LOCKED = Duration.ofMillis(500);

    private final int statement;
    private final Runnable work;
    private int prepared = Integer.MIN_VALUE;
    private CompletableFuture<Void> done = CompletableFuture.completedFuture(null);

    /** @param statement the first one is 1 */
    Interruption(int statement, Runnable work) {
        this.statement = statement;
        this.work = work;
    }

    DataSource of(DataSource pool) {
        return new DelegatingDataSource(pool) {
            @Override
            public Connection getConnection() throws SQLException {
                return interrupted(super.getConnection());
            }
        };
    }

    /** Statements are counted from here on. */
    void begin() {
        prepared = 0;
    }

    /** Waits for the work, unless so few statements were prepared that it was never begun. */
    void end() {
        done.join();
    }

    private Connection interrupted(Connection connection) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            if (method.getName().equals("prepareStatement") && ++prepared == statement) {
                done = CompletableFuture.runAsync(work);
                done.copy()
                        .completeOnTimeout(null, UNLESS_LOCKED.toMillis(), TimeUnit.MILLISECONDS)
                        .join();
            }
            try {
                return method.invoke(connection, arguments);
            } catch (InvocationTargetException thrown) {
                throw thrown.getTargetException();
            }
        };
        return (Connection)
                Proxy.newProxyInstance(Interruption.class.getClassLoader(), new Class<?>[] {Connection.class}, handler);
    }
}
