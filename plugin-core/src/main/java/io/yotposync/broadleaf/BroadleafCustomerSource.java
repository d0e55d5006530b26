package io.yotposync.broadleaf;

import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.source.CustomerSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.broadleafcommerce.profile.core.domain.Customer;
import org.broadleafcommerce.profile.core.service.CustomerService;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Broadleaf's customers: ids by JDBC from {@code BLC_CUSTOMER}, customers through Broadleaf's own service inside the
 * host's transactions, so that lazy parts load. Each transaction is read-only, reads a few customers, and is rolled back:
 * nothing that loading may have touched is ever written. They read the rows themselves, past Hibernate's second-level cache,
 * and leave nothing in it. Who was changed lately is asked for in {@code hibernate.jdbc.time_zone}, or the driver's where
 * that is not set or the transactions are JTA's.
 */
public final class BroadleafCustomerSource implements CustomerSource {

    private static final int CUSTOMERS_A_TRANSACTION = 50;
    private static final int SECONDS_A_TRANSACTION = 30;

    private final CustomerIds ids;
    private final CustomerService service;
    private final CustomerReader reader;
    private final PlatformTransactionManager transactions;
    private final TransactionTemplate transaction;

    /** @param transactions the host's, of the persistence unit that has the customers */
    public BroadleafCustomerSource(
            CustomerIds ids, CustomerService service, CustomerReader reader, PlatformTransactionManager transactions) {
        this.ids = ids;
        this.service = service;
        this.reader = reader;
        this.transactions = transactions;
        transaction = new TransactionTemplate(transactions);
        transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        transaction.setReadOnly(true);
        transaction.setTimeout(SECONDS_A_TRANSACTION);
    }

    @Override
    public List<String> idsAfter(@Nullable String after, int max) {
        return ids.after(after, max);
    }

    @Override
    public List<String> idsChangedSince(Instant since, @Nullable String after, int max) {
        return ids.changedSince(since, HibernateTimeZone.of(transactions), after, max);
    }

    @Override
    public Set<String> existing(Collection<String> wanted) {
        return ids.existing(wanted);
    }

    @Override
    public OptionalLong count() {
        return OptionalLong.of(ids.count());
    }

    @Override
    public Optional<CustomerSnapshot> find(String id) {
        return findAll(List.of(id)).stream().findFirst();
    }

    @Override
    public List<CustomerSnapshot> findAll(List<String> wanted) {
        List<CustomerSnapshot> found = new ArrayList<>(wanted.size());
        for (int from = 0; from < wanted.size(); from += CUSTOMERS_A_TRANSACTION) {
            List<String> some = wanted.subList(from, Math.min(from + CUSTOMERS_A_TRANSACTION, wanted.size()));
            transaction.executeWithoutResult(status -> {
                status.setRollbackOnly();
                CacheBypass.during(() -> read(some, found));
            });
        }
        return found;
    }

    /** One customer that cannot be read must not keep the scan from the others; when none can, it is not the customer. */
    private void read(List<String> some, List<CustomerSnapshot> into) {
        Set<String> unreadable = new LinkedHashSet<>();
        RuntimeException last = null;
        int before = into.size();
        for (String id : some) {
            try {
                find(id, into);
            } catch (DataAccessResourceFailureException | TransientDataAccessException | TransactionException outage) {
                throw outage;
            } catch (RuntimeException fault) {
                unreadable.add(id);
                last = fault;
            }
        }
        if (last != null && into.size() == before && some.size() > 1) {
            throw last;
        }
        unreadable.forEach(id ->
                into.add(CustomerSnapshot.of(id).registered(false).partial(true).build()));
    }

    private void find(String id, List<CustomerSnapshot> into) {
        Long key = CustomerIds.key(id);
        Customer customer = key == null ? null : service.readCustomerById(key);
        if (customer != null) {
            into.add(reader.read(customer));
        }
    }
}
