package io.yotposync.capture;

/**
 * The database gave up the host's whole transaction, as MySQL does with the victim of a deadlock, and PostgreSQL after a
 * failure that the host passed over. A commit would be answered with success and save nothing, so the host has to hear of it.
 */
public final class BrokenTransactionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BrokenTransactionException(Throwable cause) {
        super("the database has given up this transaction: it cannot be committed", cause);
    }
}
