package io.yotposync.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.jdbc.datasource.init.ScriptException;
import org.springframework.util.StreamUtils;

/**
 * Runs the script that creates the tables, with the prefix and schema that are set. A statement that fails is passed
 * over, for another node may be doing the same; {@link JdbcStorage#open} tells whether the tables are there. Existing
 * tables are never altered.
 */
public final class JdbcSchema {

    private static final Pattern IN_MEMORY = Pattern.compile("jdbc:(h2:mem|hsqldb:mem|derby:memory):.*");
    private static final Pattern TABLE = Pattern.compile("\\byotpo_(customer_sync|store_state|scan_state|audit)\\b");
    private static final Pattern INDEX = Pattern.compile("\\byotpo_(?=customer_sync_|store_state_)");

    private static final Pattern CREATED = Pattern.compile("CREATE (?:TABLE|INDEX) IF NOT EXISTS (\\S+)");

    private JdbcSchema() {}

    /** Whether the database lives in this process's memory, so that nobody else could create its tables. */
    public static boolean isEmbedded(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            String url = connection.getMetaData().getURL();
            return url != null
                    && IN_MEMORY.matcher(url.toLowerCase(Locale.ROOT)).matches();
        }
    }

    /** Creates what is missing; needs the right to create tables. */
    public static void create(DataSource dataSource, OutboxTables tables) throws SQLException {
        run(dataSource, tables, true);
    }

    /**
     * Tries once more, for a caller who found no tables after {@link #create}.
     *
     * @return what the database says against it, in its own words and without a full stop; empty if it says nothing
     */
    public static Optional<String> obstacle(DataSource dataSource, OutboxTables tables) throws SQLException {
        try {
            run(dataSource, tables, false);
            return Optional.empty();
        } catch (ScriptException refused) {
            Throwable reason = NestedExceptionUtils.getMostSpecificCause(refused);
            return reason instanceof SQLException
                    ? Optional.ofNullable(reason.getMessage()).flatMap(JdbcSchema::firstLine)
                    : Optional.empty();
        }
    }

    /** Some databases add the statement, and its number. */
    private static Optional<String> firstLine(String message) {
        return message.lines().findFirst().map(line -> line.replaceFirst("(; SQL statement:|\\.)$", ""));
    }

    private static void run(DataSource dataSource, OutboxTables tables, boolean goOn) throws SQLException {
        Dialect dialect = Dialect.of(dataSource);
        String script = script(dialect, tables);
        if (dialect == Dialect.POSTGRESQL && isThere(dataSource, script, tables)) {
            return;
        }
        ResourceDatabasePopulator populator =
                new ResourceDatabasePopulator(new ByteArrayResource(script.getBytes(StandardCharsets.UTF_8)));
        populator.setContinueOnError(goOn);
        try (Connection connection = dataSource.getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(true);
            try {
                populator.populate(connection);
            } finally {
                connection.setAutoCommit(autoCommit);
            }
        }
    }

    /**
     * PostgreSQL looks whether an index is there only once it has the table's lock: until then it waits for whoever writes,
     * as a host's transaction does with atomic capture, and all others who write wait for it.
     */
    private static boolean isThere(DataSource dataSource, String script, OutboxTables tables) {
        // Where they would be created: along the whole search path, those of another shop may be found.
        String schema = tables.schema() == null ? "quote_ident(current_schema())" : "'" + tables.schema() + "'";
        String sql = "SELECT to_regclass(" + schema + " || '.' || :name) IS NOT NULL";
        List<String> names = CREATED.matcher(script)
                .results()
                .map(created -> created.group(1))
                .map(name -> name.substring(name.indexOf('.') + 1))
                .toList();
        Transactions plain = Transactions.plain(dataSource);
        try {
            return plain.call(() -> names.stream().allMatch(name -> isThere(plain.jdbc(), sql, name)));
        } catch (DataAccessException refused) {
            return false; // then the script is told why
        }
    }

    private static boolean isThere(NamedParameterJdbcTemplate jdbc, String sql, String name) {
        return Boolean.TRUE.equals(jdbc.queryForObject(sql, Map.of("name", name), Boolean.class));
    }

    private static String script(Dialect dialect, OutboxTables tables) {
        String path = dialect.script().substring("classpath:".length());
        try (var in = new ClassPathResource(path, JdbcSchema.class.getClassLoader()).getInputStream()) {
            String script = StreamUtils.copyToString(in, StandardCharsets.UTF_8);
            String qualified = TABLE.matcher(script)
                    .replaceAll(found -> Matcher.quoteReplacement(tables.qualified(found.group(1))));
            return INDEX.matcher(qualified).replaceAll(Matcher.quoteReplacement(tables.prefix()));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
