package io.yotposync.autoconfigure.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.yotposync.CustomerSync;
import io.yotposync.autoconfigure.Hosts;
import io.yotposync.autoconfigure.SyncRuntime;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.outbox.Claim;
import io.yotposync.outbox.Completion;
import io.yotposync.outbox.Failure;
import io.yotposync.outbox.FailureClass;
import io.yotposync.outbox.LaneLease;
import io.yotposync.outbox.Outbox;
import io.yotposync.scan.ScanCounts;
import io.yotposync.scan.ScanJob;
import io.yotposync.scan.ScanPhase;
import io.yotposync.scan.ScanState;
import io.yotposync.scan.ScanStates;
import io.yotposync.scan.ScanStatus;
import io.yotposync.scan.Tally;
import io.yotposync.source.CustomerSource;
import io.yotposync.store.StoreKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.context.ApplicationContext;

/**
 * All that the endpoint answers, whatever the host's JSON mapper is told: scripts and the console read these names. Times
 * stand still and nothing runs by itself.
 */
class EndpointJsonTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private static final Operator OPERATOR = new Operator();

    private static final List<String> QUESTIONS = List.of(
            "stores",
            "activity",
            "refused",
            "support",
            "customer 1",
            "customer 3",
            "preview 1",
            "preview 2",
            "preview 4",
            "preview 9",
            "reveal 2",
            "pause",
            "stores",
            "support",
            "resume",
            "disable",
            "enable",
            "retry",
            "start-backfill",
            "stop-backfill",
            "dry-run",
            "dry-run",
            "resend 1",
            "read-back 1",
            "start-over sweep",
            "proceed sweep",
            "erase 1",
            "erase 2",
            "audit",
            "dance");

    /** A host's that knows no times and names fields otherwise. */
    private static final ObjectMapper JSON =
            new ObjectMapper().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);

    @Test
    void everyAnswerIsWrittenAsEver() {
        inAShop(context -> {
            YotpoSyncEndpoint endpoint = context.getBean(YotpoSyncEndpoint.class);
            StringBuilder answers = new StringBuilder();
            for (String question : QUESTIONS) {
                answers.append(question)
                        .append('\n')
                        .append(shortened(json(ask(endpoint, question.split(" ", -1)))))
                        .append('\n');
            }
            assertThat(answers).hasToString(expected());
        });
    }

    /** Spring writes it into its log as text. */
    @Test
    void whatIsShownInTheClearIsInTheAnswerAndNotInItsText() {
        inAShop(context -> {
            Object shown = ask(context.getBean(YotpoSyncEndpoint.class), "reveal", "2");

            assertThat(json(shown)).contains("canary2@example.com");
            assertThat(shown).asString().doesNotContain("canary");
        });
    }

    private static Object ask(YotpoSyncEndpoint endpoint, String... words) {
        @Nullable String second = words.length > 1 ? words[1] : null;
        return switch (words[0]) {
            case "stores" -> endpoint.stores();
            case "activity" -> endpoint.view(words[0], null, 1);
            case "refused", "audit", "support", "dance" -> endpoint.view(words[0], null, 2);
            case "customer", "preview" -> endpoint.explain(words[0], words[1], "default");
            case "erase" -> endpoint.act(words[0], null, words[1], null, null, "a reason", OPERATOR);
            case "proceed", "start-over" -> endpoint.act(words[0], "default", null, null, second, "a reason", OPERATOR);
            default -> endpoint.act(words[0], "default", second, null, null, "a reason", OPERATOR);
        };
    }

    /** Without what is another thing on each machine, and without an hour of noughts. */
    private static String shortened(String json) {
        return json.replaceAll("\"versions\":\\{[^}]*}", "\"versions\":{}").replaceAll("(0,){9,}", "…");
    }

    private static String expected() {
        try (InputStream file = EndpointJsonTest.class.getResourceAsStream("answers.txt")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    /** A store that has a customer pending, one that Yotpo has with another name, and one that it refused. */
    private static void inAShop(Consumer<ApplicationContext> questions) {
        CustomerSource source = mock(CustomerSource.class);
        when(source.find(any())).thenReturn(Optional.empty());
        for (String id : List.of("1", "2", "3")) {
            when(source.find(id)).thenReturn(Optional.of(customer(id, "Jo")));
        }
        when(source.find("4"))
                .thenReturn(Optional.of(CustomerSnapshot.of("4").partial(true).build()));
        when(source.findAll(any())).thenCallRealMethod();
        Hosts.withOneStore()
                .withPropertyValues(
                        "yotpo.sync.outbox.type=memory",
                        "yotpo.sync.scan.enabled=false",
                        "yotpo.sync.shutdown.drain-timeout=0s",
                        "yotpo.sync.console.reveal-authority=privacy")
                .withBean(CustomerSource.class, () -> source)
                .withBean(
                        SyncRuntime.class,
                        () -> new SyncRuntime(Clock.fixed(NOW, ZoneOffset.UTC), mock(ScheduledExecutorService.class)))
                .run(context -> {
                    CustomerSync sync = context.getBean(CustomerSync.class);
                    Outbox outbox = context.getBean(Outbox.class);
                    sync.accept(customer("2", "Al"));
                    end(outbox, claim -> new Completion.Acknowledged(claim, null));
                    sync.accept(customer("3", "Jo"));
                    end(
                            outbox,
                            claim -> new Completion.Parked(claim, new Failure(FailureClass.VALIDATION, 422, "odd")));
                    sync.accept(customer("1", "Jo"));
                    ScanStates scans = context.getBean(ScanStates.class);
                    have(scans, ScanJob.sweep(StoreKey.DEFAULT), ScanStatus.ASKING, "It would alter all.");
                    have(scans, ScanJob.backfill(StoreKey.DEFAULT), ScanStatus.RUNNING, null);
                    have(scans, ScanJob.dryRun(StoreKey.DEFAULT), ScanStatus.DONE, null);
                    questions.accept(context);
                });
    }

    private static CustomerSnapshot customer(String id, String name) {
        return CustomerSnapshot.of(id)
                .registered(true)
                .email("canary" + id + "@example.com")
                .name(name, "Doe")
                .build();
    }

    private static void end(Outbox outbox, Function<Claim, Completion> ending) {
        Instant later = NOW.plusSeconds(1);
        LaneLease lease = outbox.lease(StoreKey.DEFAULT, "node", Duration.ofMinutes(1), later)
                .orElseThrow();
        outbox.complete(outbox.claim(lease, 10, later).stream().map(ending).toList(), NOW);
        outbox.release(lease);
    }

    private static void have(ScanStates scans, ScanJob job, ScanStatus status, @Nullable String question) {
        ScanCounts counts = new ScanCounts(Map.of(Tally.TOTAL, 30L, Tally.SCANNED, 10L));
        ScanState state = new ScanState(
                job,
                status,
                ScanPhase.CUSTOMERS,
                null,
                Instant.EPOCH,
                counts,
                question,
                NOW.minusSeconds(5),
                NOW,
                null);
        scans.update(job, known -> state);
    }

    private static String json(Object answer) {
        if (answer instanceof WebEndpointResponse<?> refused) {
            return refused.getStatus() + " " + json(Objects.requireNonNull(refused.getBody()));
        }
        try {
            return JSON.writeValueAsString(answer);
        } catch (IOException fault) {
            throw new AssertionError(fault);
        }
    }

    private record Operator() implements SecurityContext {

        @Override
        public Principal getPrincipal() {
            return () -> "jo";
        }

        @Override
        public boolean isUserInRole(String role) {
            return role.equals("privacy");
        }
    }
}
