package io.yotposync.client;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An answer with the beginning of its body. */
public record HttpReply(int status, HttpHeaders headers, String body) {

    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** 408, 425, 429: the request came too early or too fast. */
    public boolean asksToSlowDown() {
        return status == 408 || status == 425 || status == 429;
    }

    /** How long, counted from now; {@code null} if it does not say or makes no sense. */
    public @Nullable Duration asksToWait(Instant now) {
        return Waits.asked(headers, now);
    }

    /** How long an outage is to last, counted from now; {@code null} if it does not say. */
    @Nullable
    Duration retryAfter(Instant now) {
        return Waits.retryAfter(headers, now);
    }

    boolean rejectsToken() {
        return status == 401 || status == 403;
    }

    boolean isHtml() {
        String type = headers.firstValue("Content-Type").orElse("").strip().toLowerCase(Locale.ROOT);
        return type.startsWith("text/html") || type.startsWith("application/xhtml+xml");
    }

    @Override
    public String toString() {
        return "HttpReply[" + status + "]";
    }
}
