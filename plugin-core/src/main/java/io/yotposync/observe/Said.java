package io.yotposync.observe;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;

/** What a log was told within the last ten minutes, so that it is not told again of each customer. Thread-safe. */
final class Said {

    private static final Duration FOR = Duration.ofMinutes(10);
    private static final int MAX = 1000;

    private final Cache<String, Boolean> said;

    Said(Ticker ticker) {
        said = Caffeine.newBuilder()
                .maximumSize(MAX)
                .expireAfterWrite(FOR)
                .ticker(ticker)
                .executor(Runnable::run)
                .build();
    }

    /** @return whether it was not said of late; from now on it was */
    boolean isNews(String what) {
        return said.asMap().putIfAbsent(what, Boolean.TRUE) == null;
    }
}
