package io.yotposync.outbox;

/**
 * Why the last send failed, safe to store, log and show.
 *
 * @param status the HTTP status, 0 where there was no answer
 * @param reason short and already redacted: never a customer's data; cut to {@value #MAX_REASON} characters
 */
public record Failure(FailureClass kind, int status, String reason) {

    public static final int MAX_REASON = 300;

    public Failure {
        if (reason.length() > MAX_REASON) {
            reason = reason.substring(0, MAX_REASON);
        }
    }
}
