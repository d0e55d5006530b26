package io.yotposync.client;

import io.yotposync.client.Outcome.Accepted;
import io.yotposync.client.Outcome.NotSent;
import io.yotposync.client.Outcome.Outage;
import io.yotposync.client.Outcome.Refused;
import io.yotposync.client.Outcome.SlowDown;
import io.yotposync.client.Outcome.Unauthorized;
import io.yotposync.outbox.Failure;
import io.yotposync.outbox.FailureClass;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The outcome table: the one place that says what an answer means.
 *
 * <table>
 *   <caption>Answers</caption>
 *   <tr><th>answer</th><th>outcome</th></tr>
 *   <tr><td>2xx</td><td>accepted, whatever the body, unless it is a web page</td></tr>
 *   <tr><td>408, 425, 429</td><td>slow down, as the headers ask</td></tr>
 *   <tr><td>5xx, no answer, half an answer, 407, or with 2xx a web page from something in between</td>
 *       <td>outage; of a 503 as long as its {@code Retry-After} says</td></tr>
 *   <tr><td>401, 403 (after a fresh token)</td><td>unauthorized</td></tr>
 *   <tr><td>any other</td><td>refused, with the field where it is named</td></tr>
 * </table>
 */
final class Outcomes {

    private static final int PROXY_WANTS_LOGIN = 407;
    private static final int NOT_FOUND = 404;
    private static final int UNAVAILABLE = 503;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /** Of a portal, a proxy or a firewall. */
    static final String WEB_PAGE = "a web page answered in Yotpo's place";

    private Outcomes() {}

    /** @param sent so that the reason does not repeat it */
    static Outcome of(HttpReply reply, Sent sent, Instant now) {
        int status = reply.status();
        if (reply.isSuccess()) {
            return isWebPage(reply)
                    ? new Outage(new Failure(FailureClass.NETWORK, status, WEB_PAGE))
                    : new Accepted(status);
        }
        if (reply.asksToSlowDown()) {
            Failure failure = new Failure(FailureClass.QUOTA, status, "Yotpo asked to slow down");
            return new SlowDown(failure, reply.asksToWait(now));
        }
        if (status >= 500) {
            Failure failure = new Failure(FailureClass.OUTAGE, status, "Yotpo answered with an error of its own");
            return new Outage(failure, status == UNAVAILABLE ? reply.retryAfter(now) : null);
        }
        if (status == PROXY_WANTS_LOGIN) {
            return new Outage(new Failure(FailureClass.NETWORK, status, "a proxy on the way wants credentials"));
        }
        if (reply.rejectsToken()) {
            return new Unauthorized(new Failure(FailureClass.CREDENTIALS, status, "Yotpo rejected a fresh token"));
        }
        return refused(reply, sent);
    }

    /** Yotpo answers with JSON or nothing; a portal or a proxy's error page has not stored anything. */
    static boolean isWebPage(HttpReply reply) {
        String body = reply.body();
        String text = (body.startsWith(BYTE_ORDER_MARK) ? body.substring(1) : body).strip();
        boolean mayBeJson = text.startsWith("{") || text.startsWith("[");
        // Compressed or in another encoding, a page does not begin like one.
        return text.startsWith("<") || (reply.isHtml() && !text.isEmpty() && !mayBeJson);
    }

    private static Outcome refused(HttpReply reply, Sent sent) {
        int status = reply.status();
        if (status < 400) {
            return new Refused(new Failure(FailureClass.OURS, status, Failure.REDIRECTED), null);
        }
        ErrorBody error = ErrorBody.parse(reply.body(), sent);
        if (!error.message().isEmpty()) {
            return new Refused(new Failure(classOf(status), status, error.message()), error.field());
        }
        if (isWebPage(reply)) {
            // Nothing is wrong with the customer.
            FailureClass kind = status == NOT_FOUND ? classOf(status) : FailureClass.OURS;
            return new Refused(new Failure(kind, status, WEB_PAGE), null);
        }
        return new Refused(new Failure(classOf(status), status, "Yotpo refused it without a reason"), error.field());
    }

    private static FailureClass classOf(int status) {
        return switch (status) {
            case 400, 422 -> FailureClass.VALIDATION;
            case 409 -> FailureClass.CONFLICT;
            case NOT_FOUND -> FailureClass.CREDENTIALS;
            default -> FailureClass.OURS;
        };
    }

    /** What a request that got no answer comes to. */
    static Outcome of(Throwable fault) {
        Throwable root = root(fault);
        if (root instanceof NotPermittedException) {
            return notSent(String.valueOf(root.getMessage()));
        }
        return new Outage(new Failure(FailureClass.NETWORK, 0, describe(root)));
    }

    static Outcome notSent(String why) {
        return new NotSent(new Failure(FailureClass.QUOTA, 0, why));
    }

    private static String describe(Throwable fault) {
        if (fault instanceof HttpTimeoutException
                || fault.getClass().getSimpleName().contains("Timeout")) {
            return "no answer in time";
        }
        if (fault instanceof UnknownHostException || fault instanceof UnresolvedAddressException) {
            return "host name not found";
        }
        if (fault instanceof ConnectException) {
            return fault.getCause() instanceof UnresolvedAddressException ? "host name not found" : "no connection";
        }
        if (fault instanceof SSLException) {
            return "no secure connection";
        }
        if (fault instanceof CancellationException) {
            return "given up";
        }
        return "connection broke: " + fault.getClass().getSimpleName();
    }

    private static Throwable root(Throwable fault) {
        Throwable at = fault;
        @Nullable Throwable cause = at.getCause();
        while ((at instanceof CompletionException || at instanceof ExecutionException) && cause != null) {
            at = cause;
            cause = at.getCause();
        }
        return at;
    }
}
