package io.yotposync.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.test.sandbox.SandboxRequest;
import io.yotposync.test.sandbox.SandboxSettings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A sandbox whose stores have secrets of the test's own. */
class YotpoSandboxSecretsTest {

    @RegisterExtension
    static final YotpoSandboxExtension YOTPO =
            YotpoSandboxExtension.of(SandboxSettings.of(Map.of("default", "our-own", "eu", "another")));

    @Test
    void thePropertiesHaveTheSecretsOfTheSettings() {
        Map<String, String> properties = YOTPO.properties();

        assertThat(properties)
                .containsEntry("yotpo.sync.stores.default.secret", "our-own")
                .containsEntry("yotpo.sync.stores.eu.secret", "another");
        assertThat(YOTPO.sandbox()
                        .handle(SandboxRequest.token(
                                "eu", String.valueOf(properties.get("yotpo.sync.stores.eu.secret"))))
                        .status())
                .isEqualTo(200);
    }
}
