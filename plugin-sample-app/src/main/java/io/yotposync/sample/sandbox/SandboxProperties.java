package io.yotposync.sample.sandbox;

import io.yotposync.test.sandbox.SandboxSettings;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How strict the sandbox is.
 *
 * @param stores the API secret of each store id
 * @param requestsPerSecond of each store over all clients, token calls included; 0 for no limit
 * @param visibilityDelay how long an accepted customer stays invisible to a look-up; Yotpo documents 60 seconds
 * @param tokenLifetime how long an access token is good
 */
@ConfigurationProperties("sample.sandbox")
record SandboxProperties(
        Map<String, String> stores,
        @DefaultValue("5") int requestsPerSecond,
        @DefaultValue("2s") Duration visibilityDelay,
        @DefaultValue("14d") Duration tokenLifetime) {

    SandboxSettings settings() {
        return new SandboxSettings(stores, requestsPerSecond, visibilityDelay, tokenLifetime);
    }

    /** Store ids only: no secrets. */
    @Override
    public String toString() {
        return settings().toString();
    }
}
