package io.yotposync.observe;

import com.github.benmanes.caffeine.cache.Ticker;
import io.yotposync.outbox.Failure;
import io.yotposync.outbox.FailureClass;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line a change of a store's state; lines about customers at debug level, by id alone. */
public final class LoggingListener implements SyncListener {

    private static final Logger LOG = LoggerFactory.getLogger("io.yotposync");

    private final Said said = new Said(Ticker.systemTicker());

    /** Of whose outage nothing was said but that it began: what the tries come to is told of once they have ended. */
    private final Set<StoreKey> unexplained = ConcurrentHashMap.newKeySet();

    @Override
    public void skipped(@Nullable StoreKey store, String customerId, SkipReason reason) {
        LOG.debug("Yotpo sync: customer {} skipped for store {}: {}", customerId, store, reason);
    }

    @Override
    public void suppressed(CustomerKey customer) {
        LOG.debug("Yotpo sync: {} unchanged", customer);
    }

    @Override
    public void accepted(CustomerKey customer) {
        LOG.debug("Yotpo sync: {} accepted", customer);
    }

    @Override
    public void notCaptured(CustomerKey customer) {
        LOG.debug("Yotpo sync: {} is handed over after the host's commit instead of written with it", customer);
    }

    @Override
    public void dropped(CustomerKey customer) {
        if (said.isNews(customer.store().value())) {
            LOG.warn(
                    "Yotpo sync: customers of store {} are left to the catch-up: the outbox takes no more for now, or nobody"
                            + " knows how their transactions ended",
                    customer.store());
        }
        LOG.debug("Yotpo sync: {} dropped", customer);
    }

    @Override
    public void delivered(CustomerKey customer, Duration took) {
        LOG.debug("Yotpo sync: {} delivered in {} ms", customer, took.toMillis());
    }

    @Override
    public void superseded(CustomerKey customer) {
        LOG.debug("Yotpo sync: {} not sent, Yotpo has a later customer of the same e-mail or phone", customer);
    }

    @Override
    public void retrying(CustomerKey customer, Failure failure, Instant at) {
        if (isInOurWords(failure) && unexplained.remove(customer.store())) {
            LOG.warn("Yotpo sync: store {} does not answer: {}", customer.store(), failure.reason());
        }
        LOG.debug("Yotpo sync: {} tried again at {}: {} {}", customer, at, failure.kind(), failure.status());
    }

    @Override
    public void parked(CustomerKey customer, Failure failure) {
        LOG.debug("Yotpo sync: {} parked: {} {}", customer, failure.kind(), failure.status());
    }

    @Override
    public void waiting(StoreKey store, Failure failure, Instant until) {
        LOG.debug("Yotpo sync: store {} waits until {}, answer {}", store, until, failure.status());
    }

    @Override
    public void held(StoreKey store, Failure failure) {
        LOG.warn(
                "Yotpo sync: store {} is held: {}. {}",
                store,
                failure.reason(),
                failure.kind().fix(store));
    }

    @Override
    public void released(StoreKey store) {
        LOG.info("Yotpo sync: store {} is no longer held", store);
    }

    @Override
    public void outage(StoreKey store) {
        unexplained.add(store);
        LOG.warn("Yotpo sync: store {} does not answer; its customers stay pending", store);
    }

    /** A refusal's reason may be in Yotpo's. */
    private static boolean isInOurWords(Failure failure) {
        return failure.kind() == FailureClass.NETWORK || failure.kind() == FailureClass.OUTAGE;
    }

    @Override
    public void recovered(StoreKey store) {
        unexplained.remove(store);
        LOG.info("Yotpo sync: store {} answers again", store);
    }
}
