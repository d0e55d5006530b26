package io.yotposync.autoconfigure.observe;

import io.micrometer.observation.Observation;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import org.jspecify.annotations.Nullable;

/** What is kept of a save's observation: its span, and nothing that the host keeps beside it, such as the request. */
final class SaveTrace {

    private SaveTrace() {}

    static Observation.@Nullable Context of(Observation.ContextView save) {
        TracingContext tracing = save.get(TracingContext.class);
        Span span = tracing == null ? null : tracing.getSpan();
        if (span == null || span.isNoop()) {
            return null;
        }
        TracingContext kept = new TracingContext();
        kept.setSpan(span);
        return new Observation.Context().put(TracingContext.class, kept);
    }
}
