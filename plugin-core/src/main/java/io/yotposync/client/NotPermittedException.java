package io.yotposync.client;

/** A request was not let go by the {@link RequestGuard}: nothing was sent. */
public final class NotPermittedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public NotPermittedException(String why) {
        super(why, null, false, false);
    }
}
