package io.yotposync.autoconfigure.observe;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.observation.Observation;
import io.micrometer.observation.Observation.ContextView;
import io.micrometer.observation.ObservationRegistry;
import io.yotposync.client.Outcome;
import io.yotposync.dispatch.SendObserver;
import io.yotposync.observe.SyncListener;
import io.yotposync.outbox.Failure;
import io.yotposync.store.CustomerKey;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An observation of each send, in the trace of the save that led to it. That trace is carried in memory, for a while and
 * for so many customers: after a restart, on another node or after a long wait a send begins a trace of its own. Yotpo is
 * told of no trace.
 */
final class ObservedSends implements SyncListener, SendObserver {

    static final String NAME = "yotpo.sync.upsert";

    private static final Logger LOG = LoggerFactory.getLogger(ObservedSends.class);
    private static final int MAX_SAVES = 5_000;
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final ObservationRegistry registry;
    private final Function<ContextView, Observation.@Nullable Context> traceOf;
    private final Cache<CustomerKey, Observation.Context> saves;

    /** @param traceOf what is kept of a save's observation; {@code null} if it is in no trace */
    ObservedSends(ObservationRegistry registry, Function<ContextView, Observation.@Nullable Context> traceOf) {
        this.registry = registry;
        this.traceOf = traceOf;
        this.saves = Caffeine.newBuilder()
                .maximumSize(MAX_SAVES)
                .expireAfterWrite(LONGEST)
                .executor(Runnable::run)
                .build();
    }

    @Override
    public void accepted(CustomerKey customer) {
        Observation save = registry.getCurrentObservation();
        Observation.Context trace = save == null || save.isNoop() ? null : traceOf.apply(save.getContextView());
        if (trace != null) {
            saves.put(customer, trace);
        }
    }

    @Override
    public Consumer<@Nullable Outcome> begins(CustomerKey customer) {
        try {
            Observation send = Observation.createNotStarted(NAME, registry)
                    .contextualName("yotpo upsert")
                    .lowCardinalityKeyValue("store", customer.store().value());
            Observation.Context trace = saves.getIfPresent(customer);
            if (trace != null) {
                saves.asMap().remove(customer, trace);
                send.parentObservation(Observation.createNotStarted("yotpo.sync.save", () -> trace, registry));
            }
            send.start();
            return outcome -> end(send, outcome);
        } catch (RuntimeException | LinkageError handlerFails) {
            LOG.debug(
                    "Yotpo sync: a send is not observed: {}",
                    handlerFails.getClass().getName());
            return outcome -> {};
        }
    }

    private static void end(Observation send, @Nullable Outcome outcome) {
        try {
            Failure failure = failure(outcome);
            send.lowCardinalityKeyValue("outcome", name(outcome));
            send.lowCardinalityKeyValue(
                    "class", failure == null ? "none" : failure.kind().name().toLowerCase(Locale.ROOT));
            if (failure != null) {
                send.error(new NotDelivered(failure));
            }
            send.stop();
        } catch (RuntimeException | LinkageError handlerFails) {
            LOG.debug(
                    "Yotpo sync: the end of a send is not observed: {}",
                    handlerFails.getClass().getName());
        }
    }

    private static String name(@Nullable Outcome outcome) {
        if (outcome == null) {
            return "given_up";
        }
        return outcome.getClass()
                .getSimpleName()
                .replaceAll("(?<=[a-z])(?=[A-Z])", "_")
                .toLowerCase(Locale.ROOT);
    }

    private static @Nullable Failure failure(@Nullable Outcome outcome) {
        if (outcome instanceof Outcome.Outage outage) {
            return outage.failure();
        }
        if (outcome instanceof Outcome.Refused refused) {
            return refused.failure();
        }
        if (outcome instanceof Outcome.Unauthorized unauthorized) {
            return unauthorized.failure();
        }
        return outcome instanceof Outcome.SlowDown slowDown ? slowDown.failure() : null;
    }

    /** For the trace: class and status, but not the reason, which is Yotpo's own text. */
    static final class NotDelivered extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NotDelivered(Failure failure) {
            super(failure.kind() + " " + failure.status(), null, false, false);
        }
    }
}
