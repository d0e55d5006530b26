package io.yotposync.outbox.jdbc;

import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Short transactions of the plugin's own, never the host's.
 *
 * <p>Spring ties a thread's transaction to the {@code DataSource} object. The host's is therefore wrapped in one that
 * nobody else knows: whatever manager the host uses, a call on a thread with a host transaction takes a connection of
 * its own. Each is committed explicitly, for a pool with {@code autoCommit=false} would otherwise roll it back without
 * a word.
 */
final class Transactions {

    private static final int TRIES = 10;

    private final TransactionTemplate template;
    private final NamedParameterJdbcTemplate jdbc;

    private Transactions(DataSource own, boolean readCommitted) {
        DefaultTransactionDefinition definition =
                new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        if (readCommitted) {
            definition.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
        }
        template = new TransactionTemplate(new DataSourceTransactionManager(own), definition);
        jdbc = new NamedParameterJdbcTemplate(new JdbcTemplate(own));
    }

    static Transactions on(DataSource host, boolean readCommitted) {
        DataSource target = host;
        while (target instanceof TransactionAwareDataSourceProxy proxy && proxy.getTargetDataSource() != null) {
            target = proxy.getTargetDataSource();
        }
        return new Transactions(new DelegatingDataSource(target), readCommitted);
    }

    /** For use inside {@link #call}. */
    NamedParameterJdbcTemplate jdbc() {
        return jdbc;
    }

    /** Runs the work once, or again in a new transaction where another node was in the way. */
    @SuppressWarnings("NullAway") // the template declares null for callbacks that return it; ours do not
    <T> T call(Supplier<T> work) {
        for (int left = TRIES - 1; ; left--) {
            try {
                return template.execute(status -> work.get());
            } catch (DataAccessException e) {
                if (left == 0 || !worthAnotherTry(e)) {
                    throw e;
                }
            }
        }
    }

    void run(Runnable work) {
        call(() -> {
            work.run();
            return true;
        });
    }

    /** A row inserted by two nodes at once shows as a violated key; the next try finds it and updates it. */
    private static boolean worthAnotherTry(DataAccessException e) {
        return e instanceof TransientDataAccessException || e instanceof DataIntegrityViolationException;
    }
}
