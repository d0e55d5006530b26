package io.yotposync.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.test.simple.SimpleSpan;
import io.micrometer.tracing.test.simple.SimpleTracer;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The request that saves a customer and the one that tells Yotpo stand in one trace, of which Yotpo is not told. */
@SpringBootTest(
        webEnvironment = WebEnvironment.DEFINED_PORT,
        properties = {"spring.datasource.url=jdbc:h2:mem:trace", "sample.sandbox.visibility-delay=0s"})
class TraceIT {

    private static final int PORT = FreePort.find();

    private final SampleClient shop = new SampleClient(PORT);

    @Autowired
    private SimpleTracer tracer;

    @Autowired
    private Queue<String> headersToYotpo;

    @DynamicPropertySource
    static void port(DynamicPropertyRegistry registry) {
        registry.add("server.port", () -> PORT);
    }

    @Test
    void aTraceGoesFromTheSaveToTheCallOfYotpo() {
        shop.register("", Forms.minimal("trace@example.com"));
        await().untilAsserted(() -> assertThat(ended("yotpo upsert")).hasSize(1));

        SimpleSpan save = ended("http post /api/customers").get(0);
        SimpleSpan send = ended("yotpo upsert").get(0);
        assertThat(send.context().traceId()).isEqualTo(save.context().traceId());
        assertThat(send.context().parentId()).isEqualTo(save.context().spanId());
        assertThat(send.getTags()).containsEntry("store", "default").containsEntry("outcome", "accepted");
        assertThat(send.getTags().toString()).doesNotContain("example.com");

        assertThat(headersToYotpo)
                .contains("x-yotpo-token")
                .doesNotContain("traceparent", "tracestate", "baggage", "b3", "x-b3-traceid");
        await("Yotpo's end, where the request belongs to nobody's trace")
                .untilAsserted(() -> assertThat(ended("http patch "))
                        .isNotEmpty()
                        .allMatch(span -> span.context().parentId().isEmpty()));
    }

    private List<SimpleSpan> ended(String name) {
        return new ArrayList<>(tracer.getSpans())
                .stream()
                        .filter(span ->
                                Objects.requireNonNullElse(span.getName(), "").startsWith(name))
                        .filter(span -> span.getEndTimestamp().toEpochMilli() > 0)
                        .toList();
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class Tracing {

        @Bean
        SimpleTracer tracer() {
            return new SimpleTracer();
        }

        @Bean
        DefaultTracingObservationHandler tracing(SimpleTracer tracer) {
            return new DefaultTracingObservationHandler(tracer);
        }

        @Bean
        Queue<String> headersToYotpo() {
            return new ConcurrentLinkedQueue<>();
        }

        @Bean
        Filter yotposEnd(Queue<String> headersToYotpo) {
            return (request, response, chain) -> {
                HttpServletRequest http = (HttpServletRequest) request;
                if (http.getRequestURI().contains("/yotpo/core/")) {
                    Collections.list(http.getHeaderNames())
                            .forEach(name -> headersToYotpo.add(name.toLowerCase(Locale.ROOT)));
                }
                chain.doFilter(request, response);
            };
        }
    }
}
