package io.yotposync.bench;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Counts what is asked of a database. */
final class CountedStatements extends DelegatingDataSource {

    private static final Set<String> NAMING_SQL =
            Set.of("prepareStatement", "prepareCall", "execute", "executeQuery", "executeUpdate");

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
        return counting(Connection.class, super.getConnection());
    }

    private <T> T counting(Class<T> type, T target) {
        return type.cast(Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (NAMING_SQL.contains(method.getName())
                            && arguments != null
                            && arguments[0] instanceof String sql) {
                        statements.merge(sql, 1L, Long::sum);
                    }
                    try {
                        Object result = method.invoke(target, arguments);
                        return method.getName().equals("createStatement")
                                ? counting(Statement.class, (Statement) result)
                                : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
