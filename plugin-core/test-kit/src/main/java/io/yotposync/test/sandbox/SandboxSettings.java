package io.yotposync.test.sandbox;

import java.time.Duration;
import java.util.Map;

/**
 * How strict the sandbox is.
 *
 * @param stores the API secret of each store id
 * @param requestsPerSecond of each store over all clients, token calls included; 0 for no limit
 * @param visibilityDelay how long an accepted customer stays invisible to a look-up; Yotpo documents 60 seconds
 * @param tokenLifetime how long an access token is good
 */
public record SandboxSettings(
        Map<String, String> stores, int requestsPerSecond, Duration visibilityDelay, Duration tokenLifetime) {

    public SandboxSettings {
        stores = Map.copyOf(stores);
        if (requestsPerSecond < 0 || visibilityDelay.isNegative() || tokenLifetime.isNegative()) {
            throw new IllegalArgumentException("rates and durations must not be negative");
        }
    }

    /** As strict as Yotpo, but for a delay that no test wants to wait for. */
    public static SandboxSettings of(Map<String, String> stores) {
        return new SandboxSettings(stores, 5, Duration.ZERO, Duration.ofDays(14));
    }

    public SandboxSettings withRequestsPerSecond(int value) {
        return new SandboxSettings(stores, value, visibilityDelay, tokenLifetime);
    }

    public SandboxSettings withVisibilityDelay(Duration value) {
        return new SandboxSettings(stores, requestsPerSecond, value, tokenLifetime);
    }

    /** Store ids only: no secrets. */
    @Override
    public String toString() {
        return "SandboxSettings[stores=" + stores.keySet() + ", requestsPerSecond=" + requestsPerSecond + "]";
    }
}
