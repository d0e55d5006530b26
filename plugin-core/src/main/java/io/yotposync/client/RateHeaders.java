package io.yotposync.client;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an answer says about the store's rate. A header that is missing or makes no sense is {@code null}, such as a
 * reset that is no wait but a date.
 *
 * @param remaining how many more requests Yotpo would take now
 * @param reset how long until it takes more
 */
public record RateHeaders(
        @Nullable Integer remaining, @Nullable Duration reset) {

    public static final RateHeaders NONE = new RateHeaders(null, null);

    private static final int MOST = 1_000_000;

    public RateHeaders {
        reset = reset == null || reset.compareTo(Waits.LONGEST) > 0 ? null : reset;
    }

    public static RateHeaders of(HttpHeaders headers) {
        Optional<String> remaining = headers.firstValue("RateLimit-Remaining");
        Optional<String> reset = headers.firstValue("RateLimit-Reset");
        return new RateHeaders(
                remaining.map(RateHeaders::count).orElse(null),
                reset.map(Waits::seconds).orElse(null));
    }

    private static @Nullable Integer count(String text) {
        try {
            int count = Integer.parseInt(text.strip());
            return count < 0 || count > MOST ? null : count;
        } catch (NumberFormatException notACount) {
            return null;
        }
    }
}
