package io.yotposync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yotposync.client.Outcome;
import io.yotposync.client.YotpoClient;
import io.yotposync.customer.CustomerSaved;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.outbox.LedgerCounts;
import io.yotposync.outbox.Outbox;
import io.yotposync.scan.Backfills;
import io.yotposync.scan.ScanStatus;
import io.yotposync.scan.Tally;
import io.yotposync.source.CustomerSource;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** The two applications of one Broadleaf installation: one database, one ledger, and nothing is done twice. */
class SiteAndAdminIT {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

    private final JdbcDataSource database = new JdbcDataSource();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    SiteAndAdminIT() {
        database.setUrl("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    }

    @Test
    void aSaveInEitherIsOneRequest() {
        application()
                .run(site -> application().run(admin -> {
                    save(site, "1", "A", 1);
                    awaitSent(site, 1);
                    save(admin, "2", "B", 1);
                    awaitSent(site, 2);
                    assertThat(requests).hasSize(2);

                    // The same state once more, from where it was not sent.
                    save(admin, "1", "A", 1);
                    save(site, "2", "B", 1);
                    // And something that is new, after which the others would have been sent.
                    save(admin, "1", "C", 2);
                    await().atMost(LONG).until(() -> requests.stream().anyMatch(body -> body.contains("\"C\"")));
                    awaitSent(admin, 2);

                    assertThat(requests).hasSize(3);
                }));
    }

    @Test
    void aSaveInBothAtOnceIsOneRequest() {
        application()
                .run(site -> application().run(admin -> {
                    for (int customer = 0; customer < 20; customer++) {
                        save(site, "c" + customer, "A", 1);
                        save(admin, "c" + customer, "A", 1);
                    }
                    awaitSent(site, 20);

                    assertThat(requests).hasSize(20).doesNotHaveDuplicates();
                }));
    }

    @Test
    void allCustomersAreScannedOnceWhicheverApplicationDoesIt() {
        ApplicationContextRunner both = application()
                .withBean(CustomerSource.class, Customers::new)
                .withPropertyValues(
                        "yotpo.sync.backfill.on-start=if-never",
                        "yotpo.sync.scan.batch=10",
                        "yotpo.sync.scan.pause=20ms");
        both.run(site -> both.run(admin -> {
            await().atMost(LONG).until(() -> isBackfilled(site) && isBackfilled(admin));
            awaitSent(site, 100);

            assertThat(requests).hasSize(100).doesNotHaveDuplicates();
            assertThat(site.getBean(Backfills.class).status(StoreKey.DEFAULT))
                    .get()
                    .satisfies(state ->
                            assertThat(state.counts().of(Tally.SCANNED)).isEqualTo(100));
        }));
    }

    private static boolean isBackfilled(ApplicationContext application) {
        return application
                .getBean(Backfills.class)
                .status(StoreKey.DEFAULT)
                .filter(state -> state.status() == ScanStatus.DONE)
                .isPresent();
    }

    private static void awaitSent(ApplicationContext application, int customers) {
        Outbox outbox = application.getBean(Outbox.class);
        await().atMost(LONG).untilAsserted(() -> {
            LedgerCounts counts = outbox.counts().getOrDefault(StoreKey.DEFAULT, LedgerCounts.NONE);
            assertThat(counts.inSync()).isEqualTo(customers);
            assertThat(counts.pending()).isZero();
        });
    }

    private static void save(ApplicationContext application, String id, String name, int version) {
        application.publishEvent(new CustomerSaved(CustomerSnapshot.of(id)
                .email(id + "@example.com")
                .name(name, "B")
                .updatedAt(T0.plusSeconds(version))
                .build()));
    }

    private ApplicationContextRunner application() {
        return Hosts.withOneStore()
                .withBean(DataSource.class, () -> database)
                .withBean(YotpoClient.class, () -> new Counting(requests))
                .withPropertyValues("yotpo.sync.defaults.settle=10ms", "yotpo.sync.defaults.rate-limit=0");
    }

    private record Counting(List<String> requests) implements YotpoClient {

        @Override
        public CompletableFuture<Outcome> upsert(StoreSettings store, String body) {
            requests.add(body);
            return CompletableFuture.completedFuture(new Outcome.Accepted(200));
        }
    }

    private static final class Customers implements CustomerSource {

        private static final List<String> IDS =
                IntStream.range(1000, 1100).mapToObj(String::valueOf).toList();

        @Override
        public List<String> idsAfter(@Nullable String after, int max) {
            return IDS.stream()
                    .filter(id -> after == null || id.compareTo(after) > 0)
                    .limit(max)
                    .toList();
        }

        @Override
        public List<String> idsChangedSince(Instant since, @Nullable String after, int max) {
            return List.of();
        }

        @Override
        public Optional<CustomerSnapshot> find(String id) {
            return IDS.contains(id)
                    ? Optional.of(CustomerSnapshot.of(id)
                            .email(id + "@example.com")
                            .updatedAt(T0)
                            .build())
                    : Optional.empty();
        }
    }
}
