package io.yotposync.outbox;

/**
 * Why the last send failed, safe to store, log and show.
 *
 * @param status the HTTP status, 0 where there was no answer
 * @param reason short and already redacted: never a customer's data; cut to {@value #MAX_REASON} characters
 */
public record Failure(FailureClass kind, int status, String reason) {

    public static final int MAX_REASON = 300;

    /** Of a claim that nobody completed: whether Yotpo got the state is unknown. */
    public static final Failure ABANDONED =
            new Failure(FailureClass.NETWORK, 0, "the sender stopped before it said how the send ended");

    /** The reason of a redirect, which says what to look at. */
    public static final String REDIRECTED = "Yotpo answered with a redirect; check base-url";

    public Failure {
        if (reason.length() > MAX_REASON) {
            reason = reason.substring(0, MAX_REASON);
        }
    }
}
