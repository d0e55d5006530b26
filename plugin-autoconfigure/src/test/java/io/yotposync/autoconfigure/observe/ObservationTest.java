package io.yotposync.autoconfigure.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.test.simple.SimpleSpan;
import io.micrometer.tracing.test.simple.SimpleTracer;
import io.yotposync.autoconfigure.Hosts;
import io.yotposync.client.Outcome;
import io.yotposync.dispatch.SendObserver;
import io.yotposync.outbox.Failure;
import io.yotposync.outbox.FailureClass;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.FilteredClassLoader;

class ObservationTest {

    private static final CustomerKey ONE = new CustomerKey(StoreKey.DEFAULT, "1");
    private static final CustomerKey TWO = new CustomerKey(StoreKey.DEFAULT, "2");
    private static final Outcome ACCEPTED = new Outcome.Accepted(200);

    private final SimpleTracer tracer = new SimpleTracer();
    private final ObservationRegistry registry = ObservationRegistry.create();

    private ObservedSends traced() {
        registry.observationConfig().observationHandler(new DefaultTracingObservationHandler(tracer));
        return new ObservedSends(registry, SaveTrace::of);
    }

    @Test
    void aSendIsInTheTraceOfItsSaveThoughThatIsLongOver() {
        ObservedSends sends = traced();
        Observation.createNotStarted("save", registry).observe(() -> sends.accepted(ONE));
        Span save = tracer.getSpans().getFirst();

        sends.begins(ONE).accept(ACCEPTED);

        SimpleSpan send = tracer.getSpans().getLast();
        assertThat(send.getName()).isEqualTo("yotpo upsert");
        assertThat(send.context().traceId()).isEqualTo(save.context().traceId());
        assertThat(send.context().parentId()).isEqualTo(save.context().spanId());
        assertThat(send.getEndTimestamp()).isNotNull();
        assertThat(send.getTags())
                .containsExactlyInAnyOrderEntriesOf(Map.of("store", "default", "outcome", "accepted", "class", "none"));
        assertThat(send.getError()).isNull();
    }

    @Test
    void aSendWithoutAKnownSaveAndASecondSendBeginTracesOfTheirOwn() {
        ObservedSends sends = traced();
        sends.accepted(TWO);
        Observation.createNotStarted("save", registry).observe(() -> sends.accepted(ONE));

        sends.begins(ONE).accept(ACCEPTED);
        sends.begins(ONE).accept(ACCEPTED);
        sends.begins(TWO).accept(ACCEPTED);

        assertThat(tracer.getSpans())
                .filteredOn(span -> Objects.equals(span.getName(), "yotpo upsert"))
                .extracting(span -> span.context().parentId().isEmpty())
                .containsExactly(false, true, true);
    }

    @Test
    void aFailedSendNamesItsClassAndNotWhatYotpoSaid() {
        ObservedSends sends = traced();
        Failure canary = new Failure(FailureClass.VALIDATION, 422, "canary@example.com is taken");

        sends.begins(ONE).accept(new Outcome.Refused(canary, "email"));
        sends.begins(ONE).accept(new Outcome.SlowDown(canary, null));
        sends.begins(ONE).accept(null);

        List<SimpleSpan> spans = List.copyOf(tracer.getSpans());
        assertThat(spans)
                .extracting(span -> span.getTags().get("outcome"))
                .containsExactly("refused", "slow_down", "given_up");
        assertThat(spans.get(0).getTags()).containsEntry("class", "validation");
        assertThat(spans.get(0).getError()).hasMessage("VALIDATION 422");
        assertThat(spans.toString() + spans.get(0).getTags() + spans.get(0).getError())
                .doesNotContain("canary");
    }

    @Test
    void nothingOfTheHostsIsKeptBesideTheTrace() {
        traced();
        Observation save = Observation.start("save", registry);
        save.getContext().put("request", new Object());

        Observation.Context kept = Objects.requireNonNull(SaveTrace.of(save.getContextView()));

        assertThat(kept.<Object>get("request")).isNull();
        assertThat(kept.getParentObservation()).isNull();
    }

    @Test
    void aHandlerThatFailsKeepsNobodyFromSending() {
        registry.observationConfig().observationHandler(new Failing());
        ObservedSends sends = new ObservedSends(registry, SaveTrace::of);

        assertThatCode(() -> sends.begins(ONE).accept(ACCEPTED)).doesNotThrowAnyException();
    }

    @Test
    void aHostThatObservesHasItsSendsObservedAndAnotherNot() {
        Hosts.withOneStore()
                .withBean(ObservationRegistry.class, () -> registry)
                .run(context -> assertThat(context).hasSingleBean(SendObserver.class));
        Hosts.withOneStore().run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(SendObserver.class));
        Hosts.withOneStore()
                .withClassLoader(new FilteredClassLoader("io.micrometer"))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(SendObserver.class));
    }

    private static final class Failing implements ObservationHandler<Observation.Context> {

        @Override
        public void onStart(Observation.Context context) {
            throw new IllegalStateException("broken");
        }

        @Override
        public boolean supportsContext(Observation.Context context) {
            return true;
        }
    }
}
