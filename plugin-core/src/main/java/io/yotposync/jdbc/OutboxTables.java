package io.yotposync.jdbc;

import io.yotposync.store.InvalidSettingException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the tables are.
 *
 * @param schema the schema to qualify them with, {@code null} for the connection's own
 * @param prefix before {@code customer_sync}, {@code store_state}, {@code scan_state} and {@code audit}
 */
public record OutboxTables(@Nullable String schema, String prefix) {

    public static final String DEFAULT_PREFIX = "yotpo_";

    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z0-9_]{0,40}");
    private static final String CHARACTERS = "letters, digits or underscores.";

    public OutboxTables {
        if (schema != null && (schema.isEmpty() || !IDENTIFIER.matcher(schema).matches())) {
            throw new InvalidSettingException(
                    "outbox.jdbc.schema",
                    "cannot be used: " + InvalidSettingException.quoted(schema),
                    "Use 1 to 40 " + CHARACTERS);
        }
        if (!IDENTIFIER.matcher(prefix).matches()) {
            throw new InvalidSettingException(
                    "outbox.jdbc.table-prefix",
                    "cannot be used: " + InvalidSettingException.quoted(prefix),
                    "Use up to 40 " + CHARACTERS);
        }
    }

    /** As the scripts create them. */
    public static OutboxTables standard() {
        return new OutboxTables(null, DEFAULT_PREFIX);
    }

    /** The ledger's table, ready for SQL. */
    public String customerSync() {
        return qualified("customer_sync");
    }

    /** The table of the stores' states and lanes, ready for SQL. */
    public String storeState() {
        return qualified("store_state");
    }

    /** The table of the scans, ready for SQL. */
    public String scanState() {
        return qualified("scan_state");
    }

    /** The table of what operators did, ready for SQL. */
    public String audit() {
        return qualified("audit");
    }

    String qualified(String name) {
        return (schema == null ? "" : schema + ".") + prefix + name;
    }
}
