package io.yotposync.scan;

import java.util.function.Supplier;

/** The host failed at reading a customer. Without the fault itself: a host's message may quote the customer. */
public final class UnreadableCustomerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param fault of which only the kind and the place are told */
    UnreadableCustomerException(Throwable fault) {
        super("the customer cannot be read (" + Causes.of(fault) + ")");
    }

    /** @param read asks the host for customers */
    static <T> T unlessRead(Supplier<T> read) {
        try {
            return read.get();
        } catch (RuntimeException | Error fault) {
            throw new UnreadableCustomerException(fault);
        }
    }
}
