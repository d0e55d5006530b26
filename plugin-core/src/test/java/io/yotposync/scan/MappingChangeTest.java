package io.yotposync.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import ch.qos.logback.classic.Level;
import io.yotposync.CapturedLog;
import io.yotposync.Samples;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.identity.PhoneNumbers;
import io.yotposync.outbox.Completion;
import io.yotposync.outbox.Failure;
import io.yotposync.outbox.FailureClass;
import io.yotposync.outbox.LaneLease;
import io.yotposync.outbox.LedgerRow;
import io.yotposync.outbox.LedgerStatus;
import io.yotposync.outbox.Outbox;
import io.yotposync.payload.FieldPrints;
import io.yotposync.payload.PayloadMapper;
import io.yotposync.source.CustomerSource;
import io.yotposync.source.Rereads;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreSettings;
import io.yotposync.store.StoreStates;
import io.yotposync.store.Stores;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MappingChangeTest {

    private static final CustomerKey PARKED = new CustomerKey(StoreKey.DEFAULT, "1");
    private static final Failure REFUSED = new Failure(FailureClass.VALIDATION, 400, "gender is unknown");

    /** A row that changed after a customer was read is left alone. */
    private static final Clock LATER = Clock.fixed(Samples.NOW.plusSeconds(2), ZoneOffset.UTC);

    private final Outbox outbox = Outbox.inMemory(100);
    private final ScanStates scanStates = ScanStates.inMemory();
    private final StoreStates storeStates = StoreStates.inMemory();

    /** A node with this mapping starts and looks at what there is to scan. */
    private void start(String mappingVersion) {
        StoreSettings store = Samples.store("default").withMapping(Samples.version(mappingVersion));
        Stores stores = new Stores(List.of(store));
        ScanSettings settings = ScanSettings.DEFAULTS.withPace(new ScanSettings.Pace(10, Duration.ZERO, 100));
        ScanPorts ports =
                new ScanPorts(stores, storeStates, scanStates, new OneCustomer(), outbox, any -> {}, any -> {}, LATER);
        new Agenda(ports, settings).begin(List.of());
        Scanner scanner = new Scanner(
                ports,
                settings,
                new Mapping(
                        Samples.preparation(stores),
                        new PayloadMapper(stores, PhoneNumbers.standard(), List.of()),
                        new FieldPrints(stores.all())),
                List.of(),
                new Scanner.Live(customer -> {}, new Rereads()),
                new Scanner.Place(mock(ScheduledExecutorService.class), "node"));
        scanner.round();
        scanner.round(); // the rows
    }

    private void park() {
        Instant later = Samples.NOW.plusSeconds(1);
        LaneLease lease = outbox.lease(StoreKey.DEFAULT, "node", Duration.ofMinutes(1), later)
                .orElseThrow();
        Completion refused = new Completion.Parked(outbox.claim(lease, 1, later).get(0), REFUSED);
        outbox.complete(List.of(refused), later);
        assertThat(row().status()).isEqualTo(LedgerStatus.PARKED);
    }

    private LedgerRow row() {
        return outbox.find(PARKED).orElseThrow();
    }

    private void sent(String mappingVersion) {
        start(mappingVersion);
        assertThat(row().status()).isEqualTo(LedgerStatus.PENDING);
    }

    @Test
    void aNewMappingMakesAParkedCustomerDueByItself() {
        sent("1");
        park();

        start("2");

        assertThat(row().status()).isEqualTo(LedgerStatus.PENDING);
        assertThat(row().attempts()).isZero();
    }

    @Test
    void theSameMappingLeavesItParked() {
        sent("1");
        park();

        start("1");

        assertThat(row().status()).isEqualTo(LedgerStatus.PARKED);
    }

    @Test
    void thatAllAreSentAgainIsSaidOfANewMappingAndNotOfTheFirstOrTheSame() {
        try (CapturedLog log = new CapturedLog("io.yotposync", Level.INFO)) {
            start("1");
            start("1");
            assertThat(log.lines()).noneMatch(line -> line.contains("mapping"));

            start("2");

            assertThat(log.lines())
                    .containsOnlyOnce("Yotpo sync: the mapping of store default has another version: all customers are"
                            + " looked at, and sent again");
        }
    }

    @Test
    void aMappingThatIsTakenBackIsANewOneToo() {
        sent("1");
        park();
        sent("2");
        park();

        sent("1");
    }

    private static final class OneCustomer implements CustomerSource {

        @Override
        public List<String> idsAfter(@Nullable String after, int max) {
            return after == null ? List.of("1") : List.of();
        }

        @Override
        public List<String> idsChangedSince(Instant since, @Nullable String after, int max) {
            return List.of();
        }

        @Override
        public Optional<CustomerSnapshot> find(String id) {
            return Optional.of(CustomerSnapshot.of(id)
                    .email("a@example.com")
                    .updatedAt(LATER.instant())
                    .build());
        }
    }
}
