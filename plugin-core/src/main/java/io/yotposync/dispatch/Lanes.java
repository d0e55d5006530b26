package io.yotposync.dispatch;

import io.yotposync.client.HttpReply;
import io.yotposync.client.RequestGuard;
import io.yotposync.observe.SyncListener;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreSettings;
import io.yotposync.store.Stores;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Every store's policies: made before the client, which sends through them, and before the dispatcher, which sends by
 * the client.
 */
public final class Lanes implements RequestGuard {

    private final Stores stores;
    private final ScheduledExecutorService threads;
    private final Map<StoreKey, SendPolicies> policies = new HashMap<>();

    /**
     * @param listener told about outages, on the plugin's own threads
     * @param threads the plugin's own, the caller's to end
     */
    public Lanes(Stores stores, SyncListener listener, ScheduledExecutorService threads) {
        this(stores, listener, threads, Clock.systemUTC(), System::nanoTime);
    }

    Lanes(Stores stores, SyncListener listener, ScheduledExecutorService threads, Clock clock, LongSupplier nanos) {
        this.stores = stores;
        this.threads = threads;
        Map<String, AdaptiveRate> rates = new HashMap<>(); // stores that share an account share its rate
        for (StoreSettings store : stores.all()) {
            StoreKey key = store.key();
            AdaptiveRate rate = rates.computeIfAbsent(
                    store.credentials().appKey(),
                    any -> new AdaptiveRate(store.sending().rateLimit(), nanos.getAsLong()));
            StoreBreaker breaker = new StoreBreaker(StoreBreaker.FIRST_OPEN, () -> listener.outage(key), () -> {
                rate.startSlowly(nanos.getAsLong());
                listener.recovered(key);
            });
            RequestGate gate = new RequestGate(rate, threads, clock, nanos);
            policies.put(key, new SendPolicies(store.sending(), breaker, gate, threads));
        }
    }

    @Override
    public CompletableFuture<HttpReply> run(
            StoreSettings store, Supplier<? extends CompletionStage<HttpReply>> request) {
        return of(store.key()).request(request);
    }

    /** The dispatcher of all stores; not yet started. */
    public Dispatcher dispatcher(LanePorts ports, DispatchSettings settings) {
        List<StoreLane> lanes =
                stores.all().stream().map(store -> lane(store, ports, settings)).toList();
        return new Dispatcher(lanes, ports, settings, threads);
    }

    private StoreLane lane(StoreSettings store, LanePorts ports, DispatchSettings settings) {
        LaneReactions reactions = new LaneReactions(
                store.key(),
                store.sending(),
                ports,
                () -> ThreadLocalRandom.current().nextDouble());
        return new StoreLane(store, ports, of(store.key()), reactions, settings.node());
    }

    private SendPolicies of(StoreKey store) {
        SendPolicies found = policies.get(store);
        if (found == null) {
            throw new IllegalArgumentException("no store '" + store + "'");
        }
        return found;
    }
}
