package io.yotposync.bench;

import com.zaxxer.hikari.HikariDataSource;
import org.broadleafcommerce.profile.core.domain.Customer;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.DefaultTransactionDefinition;

/** A shop that saves a customer: one row in a transaction of Spring's. */
public final class Host {

    private static final String SAVE =
            "INSERT INTO shop_customer VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET name = EXCLUDED.name";

    private final JdbcTemplate jdbc;
    private final DataSourceTransactionManager manager;

    public Host(HikariDataSource pool) {
        jdbc = new JdbcTemplate(pool);
        manager = new DataSourceTransactionManager(pool);
    }

    public DataSourceTransactionManager manager() {
        return manager;
    }

    public TransactionStatus begin() {
        return manager.getTransaction(new DefaultTransactionDefinition());
    }

    public void save(Customer customer) {
        jdbc.update(SAVE, customer.getId(), customer.getFirstName());
    }

    public void commit(TransactionStatus transaction) {
        manager.commit(transaction);
    }
}
