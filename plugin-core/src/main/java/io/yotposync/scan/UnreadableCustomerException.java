package io.yotposync.scan;

/** The host failed at reading a customer. Without the fault itself: a host's message may quote the customer. */
public final class UnreadableCustomerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param fault of which only the kind and the place are told */
    UnreadableCustomerException(Throwable fault) {
        super("the customer cannot be read (" + Causes.of(fault) + ")");
    }
}
