package io.yotposync.autoconfigure;

import io.yotposync.autoconfigure.properties.YotpoSyncProperties;
import io.yotposync.store.Credentials;
import io.yotposync.store.CredentialsSource;
import io.yotposync.store.InvalidSettingException;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/**
 * The credentials that the host's properties name now, looked up about once a second: a secret that is changed in a
 * refreshable property source is used without a restart. A property that went missing or cannot be read leaves the last
 * one in use.
 */
final class EnvironmentCredentials implements CredentialsSource {

    private static final Duration FRESH_FOR = Duration.ofSeconds(1);

    /** The first as the binder compares keys: it takes what has the last word however that spells the store. */
    private static final List<String> LEVELS =
            List.of("%s.stores.%3$s.secret", "%s.stores.%s.secret", "%s.stores[%s].secret", "%s.defaults.secret");

    private record Known(Credentials credentials, Instant until) {}

    private final Map<StoreKey, Known> known = new ConcurrentHashMap<>();
    private final Map<StoreKey, Integer> firsts = new ConcurrentHashMap<>();
    private final Map<StoreKey, Integer> levels = new ConcurrentHashMap<>();
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
        boolean fresh = last != null
                && now.isBefore(last.until())
                && !last.until().isAfter(now.plus(FRESH_FOR)); // or the clock was put back
        if (last != null && fresh) {
            return last.credentials();
        }
        Credentials before = last == null ? store.credentials() : last.credentials();
        Credentials current = current(store.key(), before);
        known.put(store.key(), new Known(current, now.plus(FRESH_FOR)));
        return current;
    }

    /** The app key stays: another one would be another Yotpo store, whose customers have to be sent anew. */
    private Credentials current(StoreKey store, Credentials before) {
        String secret = secret(store, firsts.computeIfAbsent(store, key -> first(key, before.secret())));
        if (secret == null || secret.equals(before.secret())) {
            return before;
        }
        try {
            return new Credentials(before.appKey(), secret);
        } catch (InvalidSettingException unusable) {
            return before;
        }
    }

    /** What the first level has from the start, and is not the store's, is that of another store with almost the same key. */
    private int first(StoreKey store, String bound) {
        String value = property(name(0, store));
        return value == null || value.equals(bound) ? 0 : 1;
    }

    /**
     * Looks no further than where the secret was found at first: one that went missing there is not replaced by that of all
     * stores.
     */
    private @Nullable String secret(StoreKey store, int first) {
        int last = levels.getOrDefault(store, LEVELS.size() - 1);
        for (int level = first; level <= last; level++) {
            String value = property(name(level, store));
            if (value != null) {
                levels.put(store, level);
                return value;
            }
        }
        return null;
    }

    private static String name(int level, StoreKey store) {
        String uniform = store.value().replaceAll("[-_.]", "").toLowerCase(Locale.ROOT);
        return String.format(LEVELS.get(level), YotpoSyncProperties.PREFIX, store, uniform);
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
