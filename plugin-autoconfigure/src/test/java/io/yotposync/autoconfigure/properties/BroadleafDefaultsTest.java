package io.yotposync.autoconfigure.properties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.yotposync.autoconfigure.Hosts;
import io.yotposync.autoconfigure.properties.ConfigurationTables.Property;
import io.yotposync.store.StoreSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootVersion;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** Where a Broadleaf developer looks for a module's defaults; they count for less than anything of the host's. */
class BroadleafDefaultsTest {

    private static final Path FILE = Path.of("src", "main", "resources", BoundProperties.DEFAULTS.substring(1));

    @Test
    void theFileSaysWhatTheCodeDoes() throws IOException {
        assumeTrue(SpringBootVersion.getVersion().startsWith("3.5."), "the metadata is that of another line of Boot");
        if (Boolean.getBoolean("readme.write")) {
            Files.writeString(FILE, text());
            return;
        }

        assertThat(Files.readString(FILE))
                .as("run this test with -Dreadme.write=true to write it anew")
                .isEqualTo(text());
    }

    @Test
    void whatTheHostSaysCountsForMore() {
        StandardEnvironment host = new StandardEnvironment();
        host.getPropertySources()
                .addLast(new MapPropertySource("shop", Map.<String, Object>of("yotpo.sync.outbox.maxRows", "7")));

        YotpoSyncProperties bound = YotpoSyncProperties.bind(host);

        assertThat(BoundProperties.defaults()).containsEntry("yotpo.sync.outbox.max-rows", "100000");
        assertThat(bound.outbox().maxRows()).isEqualTo(7);
        assertThat(bound.outbox().maxWaiting()).isEqualTo(20_000);
        assertThat(host.getProperty("yotpo.sync.outbox.max-waiting"))
                .as("nothing is put into the host's environment")
                .isNull();
    }

    @Test
    void withTheFileAStoreIsWhatItIsWithout() {
        Hosts.withOneStore()
                .withPropertyValues("yotpo.sync.defaults.base-url=https://api.yotpo.com")
                .run(context -> {
                    StoreSettings store = context.getBean(SyncSettings.class)
                            .stores()
                            .all()
                            .iterator()
                            .next();

                    assertThat(store).isEqualTo(StoreSettings.of(store.key(), store.credentials()));
                });
    }

    private static String text() {
        StringBuilder text = new StringBuilder("# What holds where the host says nothing else. Made from the metadata;"
                + " what a property means is in docs/configuration.md.\n");
        for (Property property : ConfigurationTables.properties()) {
            if (!property.defaultValue().isEmpty()) {
                text.append(property.name())
                        .append('=')
                        .append(property.defaultValue())
                        .append('\n');
            }
        }
        return text.toString();
    }
}
