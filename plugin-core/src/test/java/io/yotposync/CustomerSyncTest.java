package io.yotposync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import ch.qos.logback.classic.Level;
import com.github.benmanes.caffeine.cache.Ticker;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.observe.SkipReason;
import io.yotposync.observe.SyncListener;
import io.yotposync.payload.CustomerPayloadCustomizer;
import io.yotposync.recent.RecentSettings;
import io.yotposync.recent.RecentUpserts;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreSettings;
import io.yotposync.store.StoreState;
import io.yotposync.store.StoreStates;
import io.yotposync.store.StoreSwitch;
import io.yotposync.store.Stores;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CustomerSyncTest {

    private final RecordingHandOver outbox = new RecordingHandOver();
    private final RecordingListener listener = new RecordingListener();
    private final RecentUpserts recent = new RecentUpserts(RecentSettings.DEFAULTS, false, Ticker.systemTicker());
    private final Stores stores =
            new Stores(List.of(Samples.store("default"), Samples.store("eu").withSite(StoreSettings.EVERY_SITE)));
    private final StoreSwitch storeSwitch = new StoreSwitch(stores, StoreStates.inMemory());

    @Test
    void handsTheStateToEveryStoreThatWantsTheCustomer() {
        sync().accept(Samples.full("7").build());

        assertThat(outbox.keys()).containsExactly("default/7", "eu/7");
        assertThat(listener.heard()).containsExactly("accepted default/7", "accepted eu/7");
    }

    @Test
    void suppressesASecondSaveWithTheSameContent() {
        sync().accept(Samples.full("7").build());
        sync().accept(Samples.full("7").sourceVersion(9).updatedAt(Samples.NOW).build());

        assertThat(outbox.keys()).containsExactly("default/7", "eu/7");
        assertThat(listener.heard()).endsWith("suppressed default/7", "suppressed eu/7");
    }

    @Test
    void endsAtTheFirstContentAfterThereAndBack() {
        CustomerSnapshot a = Samples.full("7").site("x").build();
        CustomerSnapshot b =
                Samples.full("7").site("x").name("Other", "Example").build();

        sync().accept(a);
        sync().accept(b);
        sync().accept(a);

        assertThat(outbox.taken()).hasSize(3);
        assertThat(outbox.taken().get(2).fingerprint())
                .isEqualTo(outbox.taken().get(0).fingerprint());
    }

    @Test
    void countsAndDropsWhatADisabledStoreIsSent() {
        storeSwitch.disable(Samples.EU);

        sync().accept(Samples.full("7").build());

        assertThat(outbox.keys()).containsExactly("default/7");
        assertThat(listener.heard()).containsExactly("accepted default/7", "STORE_DISABLED eu/7");
    }

    @Test
    void acceptsForAPausedStore() {
        storeSwitch.pause(Samples.EU, "stock-taking");

        sync().accept(Samples.full("7").site("x").build());

        assertThat(outbox.keys()).containsExactly("eu/7");
    }

    @Test
    void saysThatNoStoreWantsTheCustomer() {
        Stores one = new Stores(List.of(Samples.store("eu")));

        sync(one, new StoreSwitch(one, StoreStates.inMemory()), listener)
                .accept(Samples.full("7").site("elsewhere").build());

        assertThat(outbox.taken()).isEmpty();
        assertThat(listener.heard()).containsExactly("NO_STORE null/7");
    }

    @Test
    void oneStoresBrokenOutboxDoesNotDisturbTheOther() {
        outbox.brokenFor("default");

        sync().accept(Samples.full("7").build());

        assertThat(outbox.keys()).containsExactly("eu/7");
        assertThat(listener.heard()).containsExactly("FAILED default/7", "accepted eu/7");
    }

    @Test
    void whatABrokenOutboxWasHandedIsNotRemembered() {
        outbox.brokenFor("default");
        sync().accept(Samples.full("7").build());
        outbox.brokenFor(null);

        sync().accept(Samples.full("7").build());

        assertThat(outbox.keys()).containsExactly("eu/7", "default/7");
    }

    @Test
    void oneStoresCustomizerFaultDoesNotDisturbTheOther() {
        CustomerPayloadCustomizer faulty = (payload, customer, store) -> {
            if (store.equals(StoreKey.DEFAULT)) {
                throw new AssertionError("a@example.com");
            }
        };

        sync(stores, storeSwitch, listener, faulty).accept(Samples.full("7").build());

        assertThat(outbox.keys()).containsExactly("eu/7");
        assertThat(listener.heard()).containsExactly("FAILED default/7", "accepted eu/7");
    }

    @Test
    void oneStoresUnreadableStateDoesNotDisturbTheOther() {
        StoreSwitch broken = new StoreSwitch(stores, new HalfBrokenStates());

        try (CapturedLog log = new CapturedLog("io.yotposync")) {
            sync(stores, broken, listener).accept(Samples.full("7").build());

            assertThat(log.lines(Level.WARN)).singleElement().asString().contains("customer 7", "default");
        }

        assertThat(outbox.keys()).containsExactly("eu/7");
        assertThat(listener.heard()).containsExactly("FAILED default/7", "accepted eu/7");
    }

    @Test
    void aFaultyListenerDisturbsNobody() {
        SyncListener faulty = new SyncListener() {
            @Override
            public void accepted(io.yotposync.store.CustomerKey customer) {
                throw new IllegalStateException();
            }

            @Override
            public void skipped(@Nullable StoreKey store, String customerId, SkipReason reason) {
                throw new NoClassDefFoundError();
            }
        };
        CustomerSync sync = sync(stores, storeSwitch, faulty);

        assertThatCode(() -> {
                    sync.accept(Samples.full("7").build());
                    sync.accept(CustomerSnapshot.of("8").registered(false).build());
                })
                .doesNotThrowAnyException();
        assertThat(outbox.keys()).containsExactly("default/7", "eu/7");
    }

    @Test
    void saysWhenThereWasNoRoomAndTakesTheNextSaveWhateverItsContent() {
        outbox.full(true);
        sync().accept(Samples.full("7").build());
        outbox.full(false);
        sync().accept(Samples.full("7").build());

        assertThat(listener.heard())
                .containsExactly("dropped default/7", "dropped eu/7", "accepted default/7", "accepted eu/7");
    }

    @Test
    void tellsWhyACustomerIsNotIdentified() {
        sync().accept(CustomerSnapshot.of("7").registered(false).site("x").build());

        assertThat(listener.heard()).containsExactly("ANONYMOUS eu/7");
    }

    @Test
    void theDurablePromiseIsKeptWhenEveryStoreKeptIts() {
        outbox.slow();

        CompletableFuture<Void> done = sync().acceptDurably(Samples.full("7").build());

        assertThat(done).isNotDone();
        outbox.commits().get(0).complete(null);
        assertThat(done).isNotDone();
        outbox.commits().get(1).complete(null);
        assertThat(done).isCompleted();
    }

    @Test
    void theDurablePromiseOfARepetitionIsThatOfTheOutbox() {
        sync().accept(Samples.full("7").build());
        outbox.slow();

        CompletableFuture<Void> done = sync().acceptDurably(Samples.full("7").build());

        assertThat(done).isNotDone();
        assertThat(listener.heard()).endsWith("suppressed default/7", "suppressed eu/7");
    }

    @Test
    void theDurablePromiseFailsWhereThereWasNoRoomAndNothingIsRemembered() {
        outbox.full(true);
        assertThat(sync().acceptDurably(Samples.full("7").build())).isCompletedExceptionally();
        outbox.full(false);

        sync().accept(Samples.full("7").build());

        assertThat(outbox.keys()).containsExactly("default/7", "eu/7");
        assertThat(listener.heard()).startsWith("dropped default/7", "dropped eu/7");
    }

    @Test
    void whatIsLostAfterItWasTakenIsForgotten() {
        outbox.slow();
        CompletableFuture<Void> done =
                sync().acceptDurably(Samples.full("7").site("x").build());
        outbox.commits().get(0).completeExceptionally(new IllegalStateException("lost"));

        sync().accept(Samples.full("7").site("x").build());

        assertThat(done).isCompletedExceptionally();
        assertThat(outbox.keys()).containsExactly("eu/7", "eu/7");
    }

    @Test
    void theDurablePromiseFailsIfOneStoreIsBrokenAndTheOtherStillGetsIts() {
        outbox.brokenFor("default");

        CompletableFuture<Void> done = sync().acceptDurably(Samples.full("7").build());

        assertThat(done).isCompletedExceptionally();
        assertThat(outbox.keys()).containsExactly("eu/7");
    }

    @Test
    void nobodyWaitsForACustomerThatNoStoreTakes() {
        storeSwitch.disable(Samples.EU);

        assertThat(sync().acceptDurably(Samples.full("7").site("x").build())).isCompleted();
    }

    private CustomerSync sync() {
        return sync(stores, storeSwitch, listener);
    }

    private CustomerSync sync(
            Stores of, StoreSwitch with, SyncListener told, CustomerPayloadCustomizer... customizers) {
        return new CustomerSync(with, Samples.preparation(of, customizers), recent, outbox, told);
    }

    private static final class HalfBrokenStates implements StoreStates {

        @Override
        public StoreState get(StoreKey store) {
            if (store.equals(StoreKey.DEFAULT)) {
                throw new IllegalStateException("no table");
            }
            return StoreState.asConfigured(store);
        }

        @Override
        public StoreState update(StoreKey store, UnaryOperator<StoreState> change) {
            return change.apply(get(store));
        }

        @Override
        public void refresh() {}
    }
}
