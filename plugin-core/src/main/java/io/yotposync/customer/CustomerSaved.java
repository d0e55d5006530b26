package io.yotposync.customer;

/**
 * Publish this as an application event to say that a customer was saved; the way in for shops that are not Broadleaf.
 *
 * <p>Published inside a transaction it is taken up after commit, and dropped on rollback. Publishing never waits and
 * never throws because of what happens next.
 *
 * @param customer the state that Yotpo is to have
 */
public record CustomerSaved(CustomerSnapshot customer) {}
