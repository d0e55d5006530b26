package io.yotposync.autoconfigure.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.yotposync.CustomerSync;
import io.yotposync.autoconfigure.Hosts;
import io.yotposync.autoconfigure.SyncListeners;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.observe.SkipReason;
import io.yotposync.observe.SyncListener;
import io.yotposync.outbox.Failure;
import io.yotposync.outbox.FailureClass;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

class MetricsTest {

    private static final StoreKey DEFAULT = StoreKey.DEFAULT;
    private static final CustomerKey ONE = new CustomerKey(DEFAULT, "1");
    private static final Pattern NAME = Pattern.compile("yotpo_sync_[a-z_]+");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    private ApplicationContextRunner host() {
        return Hosts.withOneStore().withBean(MeterRegistry.class, () -> registry);
    }

    private void bind(ApplicationContext context) {
        context.getBean(SyncMeters.class).bindTo(registry);
    }

    @Test
    void aRegistryThatOutlivesTheContextKeepsNoGaugeOfIt() {
        host().run(context -> {
            bind(context);
            assertThat(registry.find("yotpo.sync.handover.waiting").gauge()).isNotNull();
        });

        assertThat(registry.getMeters()).noneMatch(Gauge.class::isInstance);
    }

    @Test
    void aContextThatIsClosedTakesNoGaugesAwayOfAnotherOne() {
        host().run(context -> {
            bind(context);
            host().run(this::bind);

            assertThat(registry.find("yotpo.sync.handover.waiting").gauge()).isNotNull();
        });
    }

    @Test
    void aSaveIsCountedAndTheBacklogShown() {
        host().run(context -> {
            bind(context);
            context.getBean(CustomerSync.class)
                    .accept(CustomerSnapshot.of("1").email("a@example.com").build());

            assertThat(registry.get("yotpo.sync.accepted")
                            .tag("store", "default")
                            .counter()
                            .count())
                    .isOne();
            assertThat(registry.get("yotpo.sync.store.enabled").gauge().value()).isOne();
            assertThat(registry.get("yotpo.sync.store.held").gauge().value()).isZero();
            assertThat(registry.get("yotpo.sync.handover.batch").summary().count())
                    .isOne();
            assertThat(registry.get("yotpo.sync.rate.permitted").gauge().value())
                    .isEqualTo(5);
            assertThat(registry.get("yotpo.sync.token.age").gauge().value())
                    .as("no token yet")
                    .isNaN();
        });
    }

    @Test
    void labelsAreStoresReasonsAndClassesAlone() {
        host().run(context -> {
            bind(context);
            everythingHappens(context.getBean(SyncListeners.class).all());

            assertThat(registry.getMeters())
                    .filteredOn(meter -> meter.getId().getName().startsWith("yotpo."))
                    .hasSizeGreaterThan(20)
                    .flatExtracting(meter -> meter.getId().getTags())
                    .extracting(tag -> tag.getKey())
                    .containsOnly("store", "reason", "class", "outcome", "status");
            assertThat(registry.get("yotpo.sync.skipped")
                            .tag("reason", "no_store")
                            .tag("store", "none")
                            .counter()
                            .count())
                    .isOne();
            assertThat(registry.get("yotpo.sync.outcomes")
                            .tag("class", "validation")
                            .tag("outcome", "parked")
                            .counter()
                            .count())
                    .isOne();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"yotpo-sync-alerts.yml", "yotpo-sync-dashboard.json", "README.md"})
    void everyMetricThatAlertsDashboardAndDocumentationNameExists(String file) throws IOException {
        String text = Files.readString(Path.of("..", "docs", "monitoring", file));
        Set<String> named =
                NAME.matcher(text).results().map(found -> found.group()).collect(Collectors.toSet());

        host().run(context -> {
            bind(context);
            everythingHappens(context.getBean(SyncListeners.class).all());

            assertThat(named).hasSizeGreaterThan(7);
            assertThat(named).isSubsetOf(prometheusNames());
        });
    }

    /** One that was held when it was switched off stays so, and health does not tell of it. */
    @Test
    void noAlertIsForAStoreThatIsOffBecauseItDoesNotSend() throws IOException {
        assertThat(Files.readAllLines(Path.of("..", "docs", "monitoring", "yotpo-sync-alerts.yml")))
                .filteredOn(line -> line.matches(".*expr: .*yotpo_sync_(store_held|store_paused|oldest).*"))
                .hasSize(3)
                .allMatch(line -> line.endsWith("max by (store) (yotpo_sync_store_enabled) == 1"));
    }

    /** Grafana draws no series of a store that the dashboard does not offer: saves for no store would be skipped unseen. */
    @Test
    void theDashboardOffersEveryStoreThatSomethingIsCountedFor() throws IOException {
        String text = Files.readString(Path.of("..", "docs", "monitoring", "yotpo-sync-dashboard.json"));
        String offering = text.replaceAll("(?s).*label_values\\((\\w+), store\\).*", "$1");

        host().run(context -> {
            bind(context);
            everythingHappens(context.getBean(SyncListeners.class).all());

            assertThat(stores(meter -> names(meter).anyMatch(offering::equals)))
                    .contains("none")
                    .isEqualTo(stores(meter -> true));
        });
    }

    private Set<String> stores(Predicate<Meter> of) {
        return registry.getMeters().stream()
                .filter(of)
                .map(meter -> meter.getId().getTag("store"))
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    @Test
    void everyMetricIsDocumented() throws IOException {
        String text = Files.readString(Path.of("..", "docs", "monitoring", "README.md"));

        host().run(context -> {
            bind(context);
            everythingHappens(context.getBean(SyncListeners.class).all());

            assertThat(prometheusNames())
                    .filteredOn(name -> !name.endsWith("_sum") && !name.endsWith("_max"))
                    .hasSizeGreaterThan(7)
                    .allMatch(name -> text.contains("`" + name + "`"));
        });
    }

    @Test
    void aHostWithoutMicrometerOrActuatorStarts() {
        Hosts.withOneStore()
                .withClassLoader(new FilteredClassLoader("io.micrometer", "org.springframework.boot.actuate"))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean("yotpoSyncMeteringListener")
                        .doesNotHaveBean("yotpoSyncEndpoint")
                        .doesNotHaveBean("yotpoHealthContributor"));
    }

    @Test
    void aHostThatKeepsNoMetricsGetsNone() {
        Hosts.withOneStore().run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("yotpoSyncMeters"));
    }

    private static void everythingHappens(SyncListener listener) {
        Failure invalid = new Failure(FailureClass.VALIDATION, 422, "");
        listener.accepted(ONE);
        listener.suppressed(ONE);
        listener.dropped(ONE);
        listener.skipped(null, "1", SkipReason.NO_STORE);
        listener.delivered(ONE, Duration.ofMillis(20));
        listener.retrying(ONE, invalid, Instant.EPOCH);
        listener.parked(ONE, invalid);
        listener.waiting(DEFAULT, invalid, Instant.EPOCH);
        listener.outage(DEFAULT);
    }

    /** As Micrometer's registry for Prometheus names them, on every line; the sample's tests ask such a registry itself. */
    private Set<String> prometheusNames() {
        return registry.getMeters().stream().flatMap(MetricsTest::names).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> names(Meter meter) {
        String name = meter.getId().getName().replace('.', '_');
        if (meter instanceof Counter || meter instanceof FunctionCounter) {
            return Stream.of(name + "_total");
        }
        if (meter instanceof Timer) {
            return Stream.of(name + "_seconds_count", name + "_seconds_sum", name + "_seconds_max");
        }
        if (meter instanceof DistributionSummary) {
            return Stream.of(name + "_count", name + "_sum", name + "_max");
        }
        String unit = meter.getId().getBaseUnit();
        return Stream.of(unit == null ? name : name + "_" + unit);
    }
}
