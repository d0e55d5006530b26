package io.yotposync.broadleaf;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;

/**
 * What people set in Broadleaf's administration, from its table, which has the same name and columns in 3.1, 6.2 and 7.0.
 * Broadleaf's own service is no use here: it keeps a value for ever on every node but the one that changed it, and falls
 * back to the files. Each call takes one connection for one short read-only transaction of its own. Thread-safe.
 */
public final class SystemProperties {

    /** How Broadleaf writes a value that is meant to be empty. */
    private static final String BLANK = "_blank_";

    /** As in the files, where the property has the same name. */
    private static final Map<String, Boolean> WORDS = Map.of(
            "true", true, "on", true, "yes", true, "1", true, "false", false, "off", false, "no", false, "0", false);

    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final OwnReads reads;

    /**
     * @param dataSource the host's, of the database that has Broadleaf's tables
     * @param schema to qualify the table with, {@code null} for the connection's own
     */
    public SystemProperties(DataSource dataSource, @Nullable String schema) {
        reads = new OwnReads(dataSource, schema, "BLC_SYSTEM_PROPERTY", LONGEST);
    }

    /**
     * The switches among these properties that are set, in the words that a property file may use. Where one is set more
     * than once, for several sites, {@code false} counts.
     *
     * @return {@code true} or {@code false} by name; whatever else somebody wrote is left out
     * @throws org.springframework.dao.DataAccessException if the table cannot be read
     */
    public Map<String, Boolean> switches(Collection<String> names) {
        Map<String, Boolean> found = new HashMap<>();
        if (names.isEmpty()) {
            return found;
        }
        RowCallbackHandler rows = row -> read(row, found);
        return reads.read((jdbc, table) -> {
            jdbc.query(
                    "SELECT PROPERTY_NAME, PROPERTY_VALUE FROM " + table + " WHERE PROPERTY_NAME IN (:names)",
                    Map.of("names", names),
                    rows);
            return found;
        });
    }

    private static void read(ResultSet row, Map<String, Boolean> found) throws SQLException {
        String word = Objects.requireNonNullElse(row.getString(2), BLANK).strip();
        Boolean said = WORDS.get(word.toLowerCase(Locale.ROOT));
        if (said != null) {
            found.merge(row.getString(1), said, Boolean::logicalAnd);
        }
    }
}
