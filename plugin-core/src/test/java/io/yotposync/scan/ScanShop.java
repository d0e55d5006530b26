package io.yotposync.scan;

import io.yotposync.CustomerSync;
import io.yotposync.MovedClock;
import io.yotposync.Samples;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.dispatch.SyncThreads;
import io.yotposync.identity.CustomerIdentifier;
import io.yotposync.identity.PhoneNumbers;
import io.yotposync.observe.SyncListener;
import io.yotposync.outbox.Claim;
import io.yotposync.outbox.Completion;
import io.yotposync.outbox.Failure;
import io.yotposync.outbox.FailureClass;
import io.yotposync.outbox.HandOver;
import io.yotposync.outbox.HandOverListener;
import io.yotposync.outbox.LaneLease;
import io.yotposync.outbox.LedgerRow;
import io.yotposync.outbox.Outbox;
import io.yotposync.payload.FieldPrints;
import io.yotposync.payload.PayloadMapper;
import io.yotposync.prepare.Preparation;
import io.yotposync.recent.RecentSettings;
import io.yotposync.recent.RecentUpserts;
import io.yotposync.source.Rereads;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreSettings;
import io.yotposync.store.StoreStates;
import io.yotposync.store.StoreSwitch;
import io.yotposync.store.Stores;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** A shop whose customers and ledger are in memory, and whose time and nodes a test moves on by hand. */
final class ScanShop {

    static final StoreKey STORE = StoreKey.DEFAULT;
    /** After which a sweep is due again. */
    static final Duration A_DAY = Duration.ofHours(25);

    final MovedClock clock = new MovedClock();
    final Stores stores;
    final StoreStates storeStates = StoreStates.inMemory();
    final FakeSource source = new FakeSource();
    final FakeScanStates scans = new FakeScanStates();
    final Rereads rereads = new Rereads();
    /** Of whom nothing is taken for a repetition any more. */
    final List<CustomerKey> forgotten = new ArrayList<>();

    final FieldPrints prints;
    Outbox outbox;
    final Preparation preparation;
    final PayloadMapper mapper;
    final CustomerSync sync;
    ScanSettings settings = ScanSettings.DEFAULTS.withPace(new ScanSettings.Pace(2, Duration.ofMillis(100), 1000));

    ScanShop() {
        this(List.of(Samples.store(STORE.value())));
    }

    ScanShop(List<StoreSettings> configured) {
        this(configured, 10_000);
    }

    ScanShop(List<StoreSettings> configured, int maxRows) {
        stores = new Stores(configured);
        prints = new FieldPrints(configured);
        outbox = Outbox.inMemory(maxRows, (claim, before) -> prints.of(claim.key(), claim.payload(), before));
        PhoneNumbers phones = PhoneNumbers.standard();
        mapper = new PayloadMapper(stores, phones, List.of());
        preparation = new Preparation(new CustomerIdentifier(phones), mapper, clock);
        sync = new CustomerSync(
                new StoreSwitch(stores, storeStates),
                preparation,
                new RecentUpserts(RecentSettings.DEFAULTS, true, () -> 0),
                HandOver.direct(outbox, clock, HandOverListener.none()),
                SyncListener.all(List.of()));
    }

    ScanPorts ports() {
        return new ScanPorts(stores, storeStates, scans, source, outbox, written -> {}, forgotten::add, clock);
    }

    Mapping mapping() {
        return new Mapping(preparation, mapper, prints);
    }

    /** A node; two of them share all the rest. Nothing runs by itself. */
    Scanner node(String name, Chore... chores) {
        new Agenda(ports(), settings).begin(List.of());
        return new Scanner(
                ports(),
                settings,
                mapping(),
                List.of(chores),
                new Scanner.Live(sync::accept, rereads),
                new Scanner.Place(SyncThreads.create(), name));
    }

    Backfills backfills() {
        return new Backfills(stores, scans, settings, clock, () -> {});
    }

    ScanState backfill() {
        return scans.find(ScanJob.backfill(STORE)).orElseThrow();
    }

    void have(int customers) {
        IntStream.rangeClosed(1, customers).forEach(id -> source.put(customer(id)));
    }

    static List<String> upTo(int last) {
        return IntStream.rangeClosed(1, last).mapToObj(String::valueOf).toList();
    }

    CustomerSnapshot customer(int id) {
        return named(id, "Name" + id);
    }

    CustomerSnapshot named(int id, String name) {
        return CustomerSnapshot.of(String.valueOf(id))
                .email("c" + id + "@example.com")
                .name(name, "B")
                .updatedAt(clock.instant().minus(Duration.ofDays(1)))
                .build();
    }

    /** As many rounds as it takes until there is nothing to do for the moment, a pause apart. */
    void run(Scanner node) {
        for (int rounds = 0; rounds < 1000; rounds++) {
            Duration wait = node.round();
            if (wait.compareTo(Duration.ofSeconds(1)) >= 0) {
                return;
            }
            clock.forward(wait);
        }
        throw new IllegalStateException("it never comes to rest");
    }

    /** As long as it takes until a sweep that is due is done. */
    void sweep(Scanner node) {
        for (int step = 0; step < 20; step++) {
            run(node);
            clock.forward(settings.catchUp().sweepPause());
        }
    }

    /** What is due, in the order it would be sent, and taken by Yotpo. */
    List<Claim> send(StoreKey store) {
        LaneLease lease = outbox.lease(store, "sender", Duration.ofMinutes(1), clock.instant())
                .orElseThrow();
        List<Claim> claims = outbox.claim(lease, 10_000, clock.instant());
        outbox.complete(
                claims.stream()
                        .map(claim -> new Completion.Acknowledged(claim, null))
                        .toList(),
                clock.instant());
        outbox.release(lease);
        return claims;
    }

    /** What is due is sent, and refused. */
    void refuse(StoreKey store) {
        end(store, claim -> new Completion.Parked(claim, new Failure(FailureClass.VALIDATION, 400, "bad")));
    }

    /** What is due is parked without a request. */
    void endsInAFaultOfOurs(StoreKey store) {
        end(store, claim -> new Completion.Parked(claim, new Failure(FailureClass.OURS, 0, "bad")));
    }

    /** What is due is sent, and no answer comes. */
    void sendInVain(StoreKey store) {
        end(
                store,
                claim -> new Completion.RetryAt(
                        claim, clock.instant(), true, new Failure(FailureClass.OUTAGE, 0, "no answer")));
    }

    private void end(StoreKey store, Function<Claim, Completion> how) {
        clock.forward(Duration.ofSeconds(30));
        LaneLease lease = outbox.lease(store, "sender", Duration.ofMinutes(1), clock.instant())
                .orElseThrow();
        List<Claim> claims = outbox.claim(lease, 10_000, clock.instant());
        outbox.complete(claims.stream().map(how).toList(), clock.instant());
        outbox.release(lease);
    }

    Resending resending() {
        return new Resending(ports(), settings, mapping());
    }

    /** The same, after the customers came to rest. */
    List<Claim> sendLater() {
        clock.forward(Duration.ofSeconds(30));
        return send(STORE);
    }

    static List<String> ids(List<Claim> claims) {
        return claims.stream().map(claim -> claim.key().customerId()).toList();
    }

    Optional<LedgerRow> row(int id) {
        return outbox.find(new CustomerKey(STORE, String.valueOf(id)));
    }

    /** All customers known to Yotpo as they are. */
    void backfilled(Scanner node) {
        backfills().start(STORE);
        run(node);
        sendLater();
        run(node);
    }

    /** Each is a scan state's change as an operator's or another node's would be. */
    void change(ScanJob job, UnaryOperator<ScanState> change) {
        scans.update(job, known -> known == null ? null : change.apply(known));
    }
}
