package io.yotposync.operator;

import io.yotposync.MovedClock;
import io.yotposync.outbox.Claim;
import io.yotposync.outbox.Completion;
import io.yotposync.outbox.Desired;
import io.yotposync.outbox.Failure;
import io.yotposync.outbox.FailureClass;
import io.yotposync.outbox.HandOverState;
import io.yotposync.outbox.LaneLease;
import io.yotposync.outbox.LedgerStatus;
import io.yotposync.outbox.Origin;
import io.yotposync.outbox.Outbox;
import io.yotposync.payload.Fingerprint;
import io.yotposync.store.Credentials;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreSettings;
import io.yotposync.store.StoreStates;
import io.yotposync.store.StoreSwitch;
import io.yotposync.store.Stores;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A shop with the stores default and eu, an outbox in memory, and a clock that stands still. */
final class OneShop {

    static final StoreKey DEFAULT = StoreKey.DEFAULT;
    static final StoreKey EU = new StoreKey("eu");
    static final Instant T0 = MovedClock.START;
    static final LiveLanes NO_LANES = store -> null;
    static final By OPERATOR = new By("op", "because");
    static final Failure INVALID = new Failure(FailureClass.VALIDATION, 422, "first_name is not allowed");
    static final Failure OUTAGE = new Failure(FailureClass.OUTAGE, 503, "unavailable");

    final MovedClock clock = new MovedClock();
    final Outbox outbox = Outbox.inMemory(100);

    @Nullable
    Boolean hostSays;

    final StoreStates states = StoreStates.inMemory().switchedBy(store -> hostSays);
    final StoreSwitch stores = new StoreSwitch(
            new Stores(List.of(
                    StoreSettings.of(DEFAULT, new Credentials("key-one", "secret-1")),
                    StoreSettings.of(EU, new Credentials("key-two", "secret-2")).withEnabled(false))),
            states);
    final Activity activity = new Activity(clock);
    final LastHeard heard = new LastHeard(clock, 100);
    final RecentErrors errors = new RecentErrors(clock);
    final Backlog backlog = new Backlog(outbox, clock, Runnable::run);
    final AuditLog audit = AuditLog.inMemory(10);
    final Refusals refusals = new Refusals(stores.stores(), outbox, clock);
    final Overviews overviews = new Overviews(stores, backlog, refusals, activity, NO_LANES, CatchUp.absent(), clock);

    static CustomerKey customer(String id) {
        return new CustomerKey(DEFAULT, id);
    }

    static Explanation.Mark mark(Explanation explanation, String step) {
        return step(explanation, step).mark();
    }

    static String finding(Explanation explanation, String step) {
        return step(explanation, step).finding();
    }

    private static Explanation.Step step(Explanation explanation, String name) {
        return explanation.steps().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    Explainer explainer() {
        return new Explainer(stores, outbox, heard, NO_LANES, CustomerCheck.absent(), audit, clock);
    }

    Controls controls() {
        return controls(CatchUp.absent());
    }

    Controls controls(CatchUp catchUp) {
        return controls(catchUp, audit);
    }

    Controls controls(CatchUp catchUp, AuditLog log) {
        return new Controls(stores, outbox, catchUp, log, clock);
    }

    LedgerStatus status(String id) {
        return outbox.find(customer(id)).orElseThrow().status();
    }

    void save(String id, String content) {
        save(id, Fingerprint.of(content));
    }

    void save(String id, Fingerprint content) {
        outbox.upsert(
                List.of(new Desired(
                        customer(id), "{}", content, clock.instant().toEpochMilli(), Origin.LIVE, clock.instant())),
                clock.instant());
    }

    void park(String id) {
        save(id, "refused");
        answer(claim -> new Completion.Parked(claim, INVALID));
    }

    /** Claims all that is due and ends it so. */
    void answer(Function<Claim, Completion> ending) {
        LaneLease lease = outbox.lease(DEFAULT, "node", Duration.ofMinutes(1), clock.instant())
                .orElseThrow();
        List<Completion> ends =
                outbox.claim(lease, 100, clock.instant()).stream().map(ending).toList();
        outbox.complete(ends, clock.instant());
    }

    static HandOverState handOver(boolean failing) {
        return new HandOverState(0, 10, failing ? T0 : null, null);
    }

    static final class BrokenLog implements AuditLog {

        @Override
        public void add(AuditEntry entry) {
            throw new IllegalStateException("no database");
        }

        @Override
        public List<AuditEntry> newest(int limit) {
            return List.of();
        }
    }
}
