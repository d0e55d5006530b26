package io.yotposync.bench.peers;

import org.broadleafcommerce.profile.core.domain.Customer;

/** One way to have Yotpo know of a saved customer. */
public interface Peer extends AutoCloseable {

    /**
     * What this way adds to a save, on the saving thread: after the commit, or for a {@link Kind#isTransactional()} one
     * inside the transaction.
     */
    void saved(Customer customer);

    @Override
    void close();
}
