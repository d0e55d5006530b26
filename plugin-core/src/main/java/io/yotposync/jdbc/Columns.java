package io.yotposync.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Fills in the parameters of a statement that takes many rows at once, a column as an array at a time, in order.
 * PostgreSQL's driver sends arrays of just these types in binary, others as text that has to be quoted and parsed.
 */
final class Columns<T> {

    private final PreparedStatement statement;
    private final List<T> rows;
    private int filled;

    Columns(PreparedStatement statement, List<T> rows) {
        this.statement = statement;
        this.rows = rows;
    }

    Columns<T> text(Function<T, @Nullable String> value) throws SQLException {
        return add("text", rows.stream().map(value).toArray(String[]::new));
    }

    Columns<T> number(ToLongFunction<T> value) throws SQLException {
        return add("int8", rows.stream().mapToLong(value).boxed().toArray(Long[]::new));
    }

    private Columns<T> add(String type, Object[] values) throws SQLException {
        statement.setArray(++filled, statement.getConnection().createArrayOf(type, values));
        return this;
    }

    /** The same for all rows. */
    void forAll(long value) throws SQLException {
        statement.setLong(++filled, value);
    }
}
