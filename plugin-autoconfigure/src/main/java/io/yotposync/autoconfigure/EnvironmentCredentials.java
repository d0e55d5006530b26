package io.yotposync.autoconfigure;

import io.yotposync.autoconfigure.properties.YotpoSyncProperties;
import io.yotposync.store.Credentials;
import io.yotposync.store.CredentialsSource;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/**
 * The credentials that the host's properties name now, looked up about once a second: a secret that is changed in a
 * refreshable property source is used without a restart. A property that went missing or cannot be read leaves the last one in use.
 */
final class EnvironmentCredentials implements CredentialsSource {

    private static final Duration FRESH_FOR = Duration.ofSeconds(1);

    private record Known(Credentials credentials, Instant until) {}

    private final Map<StoreKey, Known> known = new ConcurrentHashMap<>();
    private final Environment environment;
    private final Clock clock;

    EnvironmentCredentials(Environment environment, Clock clock) {
        this.environment = environment;
        this.clock = clock;
    }

    @Override
    public Credentials of(StoreSettings store) {
        Instant now = clock.instant();
        Known last = known.get(store.key());
        if (last != null && now.isBefore(last.until())) {
            return last.credentials();
        }
        Credentials before = last == null ? store.credentials() : last.credentials();
        Credentials current = current(store.key(), before);
        known.put(store.key(), new Known(current, now.plus(FRESH_FOR)));
        return current;
    }

    /** The app key stays: another one would be another Yotpo store, whose customers have to be sent anew. */
    private Credentials current(StoreKey store, Credentials before) {
        String secret = secret(store);
        return secret == null || secret.equals(before.secret()) ? before : new Credentials(before.appKey(), secret);
    }

    private @Nullable String secret(StoreKey store) {
        return Stream.of(".stores." + store, ".stores[" + store + "]", ".defaults")
                .map(owner -> property(YotpoSyncProperties.PREFIX + owner + ".secret"))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private @Nullable String property(String name) {
        try {
            String value = environment.getProperty(name);
            return value == null || value.isBlank() ? null : value.strip();
        } catch (RuntimeException unreadable) { // a source that fails, a placeholder that nothing resolves any more
            return null;
        }
    }
}
