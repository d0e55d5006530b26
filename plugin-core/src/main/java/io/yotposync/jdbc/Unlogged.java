package io.yotposync.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.springframework.jdbc.core.SqlTypeValue;

/** A text parameter that Spring does not write into its trace log as it does with all others. */
final class Unlogged implements SqlTypeValue {

    private final String text;

    Unlogged(String text) {
        this.text = text;
    }

    @Override
    public void setTypeValue(PreparedStatement statement, int index, int type, String typeName) throws SQLException {
        statement.setString(index, text);
    }

    @Override
    public String toString() {
        return "redacted";
    }
}
