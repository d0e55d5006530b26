package io.yotposync.customer;

import static java.util.Objects.requireNonNull;

/**
 * Publish this as an application event to say that a customer was saved; the way in for shops that are not Broadleaf.
 *
 * <p>Published inside a transaction it is taken up after commit, and dropped on rollback, also to a savepoint with Spring
 * 6.2 and later. Of several events of one customer and site in a transaction the last counts, unless it tells an older
 * {@link CustomerSnapshot#sourceVersion() version} than the one before. Where the host's event multicaster has an
 * executor, that needs Spring 6.1 or later; with older ones listeners do not see the transaction, so publish after the
 * commit there. A reactive transaction belongs to no thread and is not seen at all: publish after its commit, or from a
 * {@code @TransactionalEventListener}. Publishing never throws because of what happens next, and waits for it only while
 * the process shuts down, a second at most.
 *
 * @param customer the state that Yotpo is to have
 */
public record CustomerSaved(CustomerSnapshot customer) {

    public CustomerSaved {
        requireNonNull(customer, "customer");
    }
}
