package io.yotposync.sample;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Alert rules and dashboard can be tried on the sample: what they ask for is what Prometheus scrapes of it. */
@SpringBootTest(
        webEnvironment = WebEnvironment.DEFINED_PORT,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:monitoring",
            // Boot keeps its tests from exporting.
            "management.prometheus.metrics.export.enabled=true"
        })
class MonitoringIT {

    private static final int PORT = FreePort.find();
    private static final Pattern NAMED = Pattern.compile("yotpo_sync_[a-z_]+");
    private static final Pattern SCRAPED = Pattern.compile("^(yotpo_sync_[a-z_]+)[{ ]", Pattern.MULTILINE);

    private final SampleClient shop = new SampleClient(PORT);

    @Autowired
    private List<SyncListener> listeners;

    @DynamicPropertySource
    static void port(DynamicPropertyRegistry registry) {
        registry.add("server.port", () -> PORT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yotpo-sync-alerts.yml", "yotpo-sync-dashboard.json", "README.md"})
    void everyMetricThatIsNamedIsScraped(String file) throws IOException {
        everythingHappens(SyncListener.all(listeners));
        String text = Files.readString(Path.of("..", "docs", "monitoring", file));

        Set<String> scraped = SCRAPED.matcher(
                        shop.get("/actuator/prometheus").response().body())
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());

        assertThat(NAMED.matcher(text).results().map(MatchResult::group))
                .hasSizeGreaterThan(7)
                .allSatisfy(name -> assertThat(scraped).contains(name));
    }

    /** A counter is there when it has counted. */
    private static void everythingHappens(SyncListener listener) {
        CustomerKey customer = new CustomerKey(StoreKey.DEFAULT, "1");
        Failure invalid = new Failure(FailureClass.VALIDATION, 422, "");
        listener.accepted(customer);
        listener.suppressed(customer);
        listener.dropped(customer);
        listener.skipped(null, "1", SkipReason.NO_STORE);
        listener.delivered(customer, Duration.ofMillis(20));
        listener.retrying(customer, invalid, Instant.EPOCH);
        listener.parked(customer, invalid);
        listener.waiting(StoreKey.DEFAULT, invalid, Instant.EPOCH);
        listener.outage(StoreKey.DEFAULT);
    }
}
