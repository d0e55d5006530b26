package io.yotposync.autoconfigure;

import io.yotposync.observe.StorageFault;

/** The host's database cannot hold the outbox as it is. */
final class MissingOutboxException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean refused;

    MissingOutboxException(Exception cause) {
        super(explain(cause), cause);
        refused = false;
    }

    /**
     * The tables were to be created at this start, and are not there.
     *
     * @param obstacle what the database says against it
     */
    MissingOutboxException(Exception cause, String obstacle) {
        super(explain(cause) + " It was to be created at this start, but the database says: " + obstacle + ".", cause);
        refused = true;
    }

    /** Whether the tables were to be created at this start. */
    boolean isRefused() {
        return refused;
    }

    private static String explain(Exception cause) {
        boolean ours = cause.getClass().getName().startsWith("io.yotposync.") || cause instanceof IllegalStateException;
        return ours && cause.getMessage() != null
                ? cause.getMessage()
                : "The database cannot be used: " + StorageFault.kind(cause) + ".";
    }
}
