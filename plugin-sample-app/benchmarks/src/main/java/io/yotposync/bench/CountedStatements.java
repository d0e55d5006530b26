package io.yotposync.bench;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Counts what is asked of a database. */
final class CountedStatements extends DelegatingDataSource {

    private static final Set<String> STATEMENTS = Set.of("prepareStatement", "createStatement", "prepareCall");

    private final Map<String, Long> statements = new ConcurrentHashMap<>();

    CountedStatements(DataSource target) {
        super(target);
    }

    /** How often each was made, by its text. */
    Map<String, Long> counts() {
        return Map.copyOf(statements);
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = super.getConnection();
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (STATEMENTS.contains(method.getName())) {
                        statements.merge(arguments == null ? "" : String.valueOf(arguments[0]), 1L, Long::sum);
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
