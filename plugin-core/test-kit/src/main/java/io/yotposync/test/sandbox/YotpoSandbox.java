package io.yotposync.test.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Yotpo's customer API in memory: what is documented is enforced, what is not is left open. All methods may be called
 * from any thread at the same time.
 */
public final class YotpoSandbox {

    private final Clock clock;
    private final Map<String, SandboxStore> stores = new TreeMap<>();
    private final RequestLog log = new RequestLog();
    private final Object arrivals = new Object();

    /** @param clock for tokens, rates and visibility */
    public YotpoSandbox(SandboxSettings settings, Clock clock) {
        this.clock = clock;
        settings.stores().forEach((id, secret) -> stores.put(id, new SandboxStore(id, secret, settings)));
    }

    /** Answers a request of the API. The caller holds the answer back for {@link Reply#delay()}. */
    public Reply handle(SandboxRequest request) {
        Instant now = clock.instant();
        SandboxStore store = stores.get(request.store());
        Reply reply = store == null ? Reply.error(404, "no such store") : store.handle(request, now);
        log.add(request, reply, externalId(request), now);
        synchronized (arrivals) {
            arrivals.notifyAll();
        }
        return reply;
    }

    /**
     * Waits until something is true of the sandbox, which is looked at after each request.
     *
     * @return whether it came true in time; {@code false} too if the thread is interrupted, and it stays so
     */
    public boolean await(Predicate<YotpoSandbox> condition, Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        synchronized (arrivals) {
            while (!condition.test(this)) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                try {
                    TimeUnit.NANOSECONDS.timedWait(arrivals, left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return false;
                }
            }
            return true;
        }
    }

    /** All customers of a store, visible to a look-up or not, the last accepted first. */
    public List<HeldCustomer> customers(String store) {
        return store(store).view(Integer.MAX_VALUE).customers();
    }

    private static @Nullable String externalId(SandboxRequest request) {
        JsonNode body = request.resource().equals("customers") ? Json.object(request.body()) : null;
        return body == null ? null : body.path("customer").path("external_id").textValue();
    }

    /** What the latest accepted state of a customer is, visible to a look-up or not. */
    public Optional<HeldCustomer> find(String store, String externalId) {
        return store(store).find(externalId);
    }

    public long count(String store, Counter counter) {
        return store(store).counter(counter);
    }

    /** The last requests behind the given number, of one store or of all. */
    public List<LoggedRequest> requests(long after, @Nullable String store) {
        return log.after(after, store);
    }

    /**
     * Every store.
     *
     * @param limit of customers to show of each
     */
    public List<StoreView> views(int limit) {
        return stores.values().stream().map(store -> store.view(limit)).toList();
    }

    public StoreView view(String store, int limit) {
        return store(store).view(limit);
    }

    public void faults(String store, Faults faults) {
        store(store).faults(faults);
    }

    /** 0 for no limit. */
    public void requestsPerSecond(String store, int limit) {
        if (limit < 0) {
            throw new IllegalArgumentException("rates must not be negative");
        }
        store(store).requestsPerSecond(limit);
    }

    /** Makes every token that was given out worthless. */
    public void expireTokens(String store) {
        store(store).expireTokens();
    }

    /**
     * Forgets customers, faults, counters and the log; a changed rate stays. Tokens stay good: what is still under way for
     * one test must not look like a rejected secret to the next.
     */
    public void reset() {
        stores.values().forEach(SandboxStore::reset);
        log.clear();
    }

    private SandboxStore store(String id) {
        SandboxStore store = stores.get(id);
        if (store == null) {
            throw new IllegalArgumentException("the sandbox has no store " + id);
        }
        return store;
    }
}
