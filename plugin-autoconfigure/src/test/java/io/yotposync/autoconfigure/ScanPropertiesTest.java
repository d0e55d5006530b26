package io.yotposync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yotposync.autoconfigure.properties.ScanProperties;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.readback.ReadBackSettings;
import io.yotposync.scan.Backfills;
import io.yotposync.scan.Erasure;
import io.yotposync.scan.ScanJob;
import io.yotposync.scan.ScanSettings;
import io.yotposync.scan.Scanner;
import io.yotposync.source.CustomerSource;
import io.yotposync.store.StoreKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.StandardEnvironment;

class ScanPropertiesTest {

    @Test
    void theDefaultsAreTheCoresOwn() {
        ScanProperties properties = ScanProperties.bind(new StandardEnvironment());

        assertThat(properties.settings()).isEqualTo(ScanSettings.DEFAULTS);
        assertThat(properties.readBack().settings()).isEqualTo(ReadBackSettings.DEFAULTS);
        assertThat(properties.backfill().onStart()).isEqualTo(ScanProperties.OnStart.NEVER);
    }

    @Test
    void withoutASourceThereIsNothingToScanButErasureCanBeAsked() {
        Hosts.withOneStore().run(context -> {
            assertThat(context).hasNotFailed().doesNotHaveBean(Scanner.class).hasSingleBean(Erasure.class);
        });
    }

    @Test
    void aHostsOwnSourceIsEnough() {
        Hosts.withOneStore().withUserConfiguration(OwnSource.class).run(context -> {
            assertThat(context).hasNotFailed().hasSingleBean(Scanner.class).hasSingleBean(Backfills.class);
            assertThat(context.getBean(ScanLifecycle.class).isRunning()).isTrue();
        });
    }

    @Test
    void aNodeCanBeKeptFromScanning() {
        Hosts.withOneStore()
                .withUserConfiguration(OwnSource.class)
                .withPropertyValues("yotpo.sync.scan.enabled=false")
                .run(context -> {
                    assertThat(context)
                            .hasNotFailed()
                            .doesNotHaveBean("yotpoSyncScanLifecycle")
                            .hasBean("yotpoSyncRereadLifecycle")
                            .hasSingleBean(ErasureLifecycle.class);
                    assertThat(context.getBean(ScanLifecycle.class).isRunning()).isTrue();
                });
    }

    @Test
    void aBackfillBeginsByItselfOnlyWhereThatIsAskedFor() {
        Hosts.withOneStore()
                .withUserConfiguration(OwnSource.class)
                .withPropertyValues("yotpo.sync.backfill.on-start=if-never")
                .run(context -> await().atMost(Duration.ofSeconds(30))
                        .until(() -> context.getBean(Backfills.class)
                                .status(StoreKey.DEFAULT)
                                .isPresent()));
        Hosts.withOneStore().withUserConfiguration(OwnSource.class).run(context -> {
            Backfills backfills = context.getBean(Backfills.class);
            await().atMost(Duration.ofSeconds(30))
                    .until(() ->
                            backfills.status(ScanJob.changes(StoreKey.DEFAULT)).isPresent());
            assertThat(backfills.status(StoreKey.DEFAULT)).isEmpty();
        });
    }

    @Test
    void aWrongSettingIsNamedInFull() {
        Hosts.withOneStore()
                .withPropertyValues("yotpo.sync.tripwire.share=2")
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining("yotpo.sync.tripwire.share must be 0 to 1"));
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnSource {

        @Bean
        CustomerSource customers() {
            return new CustomerSource() {
                @Override
                public List<String> idsAfter(@Nullable String after, int max) {
                    return List.of();
                }

                @Override
                public List<String> idsChangedSince(Instant since, @Nullable String after, int max) {
                    return List.of();
                }

                @Override
                public Optional<CustomerSnapshot> find(String id) {
                    return Optional.empty();
                }
            };
        }
    }
}
