package io.yotposync.jdbc;

import java.sql.SQLException;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.DefaultTransactionDefinition;

/**
 * Short transactions of the plugin's own, never the host's.
 *
 * <p>Spring ties a thread's transaction to the {@code DataSource} object. The host's is therefore wrapped in one that
 * nobody else knows: whatever manager the host uses, a call on a thread with a host transaction takes a connection of
 * its own. Each is committed explicitly, for a pool with {@code autoCommit=false} would otherwise roll it back without
 * a word.
 */
final class Transactions {

    private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);

    private static final int TRIES = 10;

    /** PostgreSQL's and H2's. */
    private static final Set<String> LOCK_NOT_AVAILABLE = Set.of("55P03", "HYT00");

    /** The class of the standard's codes. */
    private static final String DATA_EXCEPTION = "22";

    /** MySQL's and MariaDB's. */
    private static final int LOCK_WAIT_TIMEOUT = 1205;

    private final PlatformTransactionManager manager;
    private final TransactionDefinition definition;
    private final NamedParameterJdbcTemplate jdbc;
    private final @Nullable String beforeAll;

    private Transactions(DataSource own, boolean readCommitted, @Nullable String beforeAll) {
        DefaultTransactionDefinition each =
                new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        if (readCommitted) {
            each.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
        }
        definition = each;
        // It tells why a commit was refused, and not just that it was.
        manager = new JdbcTransactionManager(own);
        jdbc = new NamedParameterJdbcTemplate(new JdbcTemplate(own));
        this.beforeAll = beforeAll;
    }

    /** To look which database it is. */
    static Transactions plain(DataSource host) {
        return on(host, false, null);
    }

    static Transactions on(DataSource host, Dialect dialect) {
        return on(host, dialect.needsReadCommitted(), dialect.beforeAll());
    }

    private static Transactions on(DataSource host, boolean readCommitted, @Nullable String beforeAll) {
        return new Transactions(new DelegatingDataSource(target(host)), readCommitted, beforeAll);
    }

    /** The real one, by which transactions are known. */
    static DataSource target(DataSource host) {
        DataSource target = host instanceof TransactionAwareDataSourceProxy proxy ? proxy.getTargetDataSource() : null;
        return target == null ? host : target(target);
    }

    /** For use inside {@link #call}. */
    NamedParameterJdbcTemplate jdbc() {
        return jdbc;
    }

    /** Runs the work once, or again in a new transaction where another node was in the way. */
    <T> T call(Supplier<T> work) {
        for (int left = TRIES - 1; ; left--) {
            try {
                return inTransaction(work);
            } catch (DataAccessException fault) {
                if (left == 0 || !worthAnotherTry(fault)) {
                    throw fault;
                }
            }
        }
    }

    /** Spring's template would write the fault into its log, and a database may quote a customer in it. */
    private <T> T inTransaction(Supplier<T> work) {
        TransactionStatus status = manager.getTransaction(definition);
        T result;
        try {
            result = begun(work);
        } catch (RuntimeException | Error fault) {
            rollBack(status);
            throw fault;
        }
        manager.commit(status);
        return result;
    }

    /** A pool may have closed the connection of a statement that timed out, as Hikari 5.0 does: what led to it counts. */
    private void rollBack(TransactionStatus status) {
        try {
            manager.rollback(status);
        } catch (RuntimeException closed) {
            LOG.debug(
                    "Yotpo sync: a transaction could not be rolled back: {}",
                    closed.getClass().getName());
        }
    }

    private <T> T begun(Supplier<T> work) {
        if (beforeAll != null) {
            jdbc.getJdbcOperations().execute(beforeAll);
        }
        return work.get();
    }

    void run(Runnable work) {
        call(() -> {
            work.run();
            return true;
        });
    }

    /**
     * A row inserted by two nodes at once shows as a violated key; the next try finds it and updates it. A value that the
     * database cannot hold shows in the same way, and no try helps.
     */
    private static boolean worthAnotherTry(DataAccessException e) {
        boolean violated = e instanceof DataIntegrityViolationException && !isOfTheData(e);
        return !isLocked(e) && (e instanceof TransientDataAccessException || violated);
    }

    /** Whether it is a value that the database cannot hold. */
    static boolean isOfTheData(DataAccessException e) {
        return isDueTo(e, Transactions::isOfTheData);
    }

    /** Whether it waited for somebody else's lock for as long as it may: the next try would wait as long. */
    static boolean isLocked(DataAccessException e) {
        return isDueTo(e, Transactions::isLocked);
    }

    /** H2 has a cause of its own below what it tells. */
    private static boolean isDueTo(DataAccessException e, Predicate<SQLException> what) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException fault && what.test(fault)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOfTheData(SQLException fault) {
        String state = fault.getSQLState();
        return state != null && state.startsWith(DATA_EXCEPTION);
    }

    private static boolean isLocked(SQLException fault) {
        String state = fault.getSQLState();
        return fault.getErrorCode() == LOCK_WAIT_TIMEOUT || (state != null && LOCK_NOT_AVAILABLE.contains(state));
    }
}
