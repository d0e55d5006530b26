package io.yotposync.autoconfigure;

/** The host's database cannot hold the outbox as it is. */
final class MissingOutboxException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MissingOutboxException(Exception cause) {
        super(explain(cause), cause);
    }

    private static String explain(Exception cause) {
        boolean ours = cause.getClass().getName().startsWith("io.yotposync.") || cause instanceof IllegalStateException;
        return ours && cause.getMessage() != null
                ? cause.getMessage()
                : "The database cannot be used: " + cause.getClass().getName() + ".";
    }
}
