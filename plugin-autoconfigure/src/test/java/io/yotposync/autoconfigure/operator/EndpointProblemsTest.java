package io.yotposync.autoconfigure.operator;

import static io.yotposync.autoconfigure.operator.EndpointCalls.act;
import static io.yotposync.autoconfigure.operator.EndpointCalls.done;
import static io.yotposync.autoconfigure.operator.EndpointCalls.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.yotposync.autoconfigure.Hosts;
import io.yotposync.autoconfigure.RegisteredAutoConfigurations;
import io.yotposync.autoconfigure.YotpoScanAutoConfiguration;
import io.yotposync.operator.AuditLog;
import io.yotposync.outbox.Outbox;
import io.yotposync.source.CustomerSource;
import io.yotposync.store.CredentialsSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.CannotCreateTransactionException;

/** What the endpoint answers where it cannot do what it is asked. */
class EndpointProblemsTest {

    @Test
    void aHostWithoutTheScansIsToldThatItCannotErase() {
        Class<?>[] others = Stream.of(RegisteredAutoConfigurations.classes())
                .filter(each -> each != YotpoScanAutoConfiguration.class)
                .toArray(Class<?>[]::new);
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(others))
                .withPropertyValues(
                        "yotpo.sync.stores.default.app-key=app-1", "yotpo.sync.stores.default.secret=secret-1")
                .run(context -> assertThat(problem(act(context.getBean(YotpoSyncEndpoint.class), "erase", null, "1")))
                        .contains("nothing that erases"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        pause          |         |     | 400 | say which store
        pause          | us      |     | 400 | no store 'us'
        pause          | a b     |     | 400 | a store's key has
        dance          | default |     | 400 | actions are enable
        resend         | default |     | 400 | say which customer
        resend         | default | 1   | 501 | no customer source
        read-back      | default | 1   | 501 | no customer source
        start-backfill | default |     | 501 | no customer source
        stop-backfill  | default |     | 501 | no customer source
        dry-run        | default |     | 501 | no customer source
        proceed        | default |     | 400 | say which job
        start-over     | default |     | 400 | say which job
        reveal         | default |     | 400 | say which customer
        erase          |         |     | 400 | say which customer
        erase          | default | 1   | 400 | this is for all stores
        reveal         | default | 1   | 403 | nobody may see it
        """)
    void whatIsWrongIsSaidInASentence(
            String action, @Nullable String store, @Nullable String customer, int status, String message) {
        Hosts.withOneStore().run(context -> {
            Object answer = act(context.getBean(YotpoSyncEndpoint.class), action, store, customer);

            assertThat(problem(answer)).contains(message);
            assertThat(((WebEndpointResponse<?>) answer).getStatus()).isEqualTo(status);
        });
    }

    /** A database may take no such text: it would seem to be away. */
    @ParameterizedTest
    @ValueSource(strings = {"1\0", "\n", "\uD800", " "})
    void whatCannotBeACustomersIdIsAskedOfNobody(String id) {
        Outbox outbox = mock(Outbox.class);
        Hosts.withOneStore().withBean(Outbox.class, () -> outbox).run(context -> {
            YotpoSyncEndpoint endpoint = context.getBean(YotpoSyncEndpoint.class);

            assertThat(problem(endpoint.explain("customer", id, null))).contains("control character");
            assertThat(problem(endpoint.explain("customer", id, "default"))).contains("control character");
            assertThat(problem(endpoint.explain("preview", id, "default"))).contains("control character");
            for (String action : List.of("retry", "resend", "read-back", "reveal")) {
                assertThat(problem(act(endpoint, action, "default", id))).contains("say which customer");
            }
            assertThat(problem(act(endpoint, "erase", null, id))).contains("say which customer");
            verify(outbox, never()).find(any());
        });
    }

    @Test
    void anUnknownClassOfRefusalsIsNamed() {
        Hosts.withOneStore().run(context -> {
            YotpoSyncEndpoint endpoint = context.getBean(YotpoSyncEndpoint.class);
            assertThat(problem(endpoint.act("retry", null, null, "odd", null, null, SecurityContext.NONE)))
                    .contains("VALIDATION");
            assertThat(done(endpoint.act("retry", null, null, "validation", null, null, SecurityContext.NONE)))
                    .isNotBlank();
            assertThat(context.getBean(AuditLog.class).newest(1).get(0).who()).isEqualTo("not logged in");
        });
    }

    @Test
    void questionsThatMakeNoSenseAreAnsweredWithWhatWould() {
        Hosts.withOneStore().run(context -> {
            YotpoSyncEndpoint endpoint = context.getBean(YotpoSyncEndpoint.class);

            assertThat(problem(endpoint.view("dance", null, null))).contains("views are");
            assertThat(problem(endpoint.view("refused", "typo", null))).contains("no store 'typo'");
            assertThat(problem(endpoint.explain("order", "1", null))).contains("customer/<id>");
            assertThat(problem(endpoint.explain("customer", "1".repeat(129), null)))
                    .contains("at most 128");
            assertThat(problem(endpoint.explain("preview", "1", null))).contains("say which store");
            assertThat(problem(endpoint.explain("preview", "1", "default"))).contains("no customer source");
            assertThat(problem(endpoint.explain("customer", "1", "us"))).contains("no store 'us'");
            assertThat(endpoint.explain("customer", "1", "default")).asString().contains("No save of this customer");
            assertThat(endpoint.explain("customer", "1", null)).asString().contains("No save of this customer");
            assertThat(endpoint.stores()).asString().contains("store=default");
        });
    }

    @ParameterizedTest
    @MethodSource("faultsOfDatabases")
    void aDatabaseThatIsAwayIsSaidInASentenceToo(RuntimeException away) {
        AuditLog audit = mock(AuditLog.class, call -> {
            throw away;
        });
        Hosts.withOneStore().withBean(AuditLog.class, () -> audit).run(context -> {
            Object answer = context.getBean(YotpoSyncEndpoint.class).view("audit", null, null);

            assertThat(((WebEndpointResponse<?>) answer).getStatus()).isEqualTo(503);
            assertThat(problem(answer))
                    .isEqualTo("a database does not answer as it should ("
                            + away.getClass().getSimpleName() + ")");
        });
    }

    static Stream<RuntimeException> faultsOfDatabases() {
        return Stream.of(
                new DataAccessResourceFailureException("canary"), new CannotCreateTransactionException("canary"));
    }

    @ParameterizedTest
    @MethodSource("faultsOfTheHost")
    void whatTheHostSaysOfACustomerWhomItCannotReadIsNotRepeated(Throwable fault) {
        CustomerSource source = mock(CustomerSource.class);
        when(source.find(any())).thenThrow(fault).thenReturn(Optional.empty());
        when(source.findAll(any())).thenThrow(fault);
        Hosts.withOneStore()
                .withPropertyValues("yotpo.sync.scan.enabled=false")
                .withBean(CustomerSource.class, () -> source)
                .run(context -> {
                    YotpoSyncEndpoint endpoint = context.getBean(YotpoSyncEndpoint.class);

                    for (Object answer : List.of(
                            endpoint.explain("preview", "1", "default"), act(endpoint, "resend", "default", "1"))) {
                        assertThat(((WebEndpointResponse<?>) answer).getStatus())
                                .isEqualTo(503);
                        assertThat(problem(answer))
                                .contains(
                                        "the customer cannot be read",
                                        fault.getClass().getName())
                                .doesNotContain("canary");
                    }
                });
    }

    static Stream<Throwable> faultsOfTheHost() {
        return Stream.of(
                new IllegalArgumentException("canary"),
                new UnsupportedOperationException("canary"),
                new IllegalStateException("canary", new IllegalStateException("canary")),
                new NoClassDefFoundError("canary"));
    }

    /** In whose words there may be a secret. */
    @Test
    void theStoresAreShownWhereTheHostDoesNotSayWhichCredentialsThereAre() {
        CredentialsSource vault = store -> {
            throw new IllegalArgumentException("canary");
        };
        Hosts.withOneStore()
                .withBean(CredentialsSource.class, () -> vault)
                .run(context -> assertThat(
                                context.getBean(YotpoSyncEndpoint.class).stores())
                        .asString()
                        .contains("store=default", "tokenAge=null"));
    }

    @Test
    void whatIsOurOwnFaultIsTheHostsToShow() {
        AuditLog broken = mock(AuditLog.class, call -> {
            throw new IllegalStateException("a defect");
        });
        Hosts.withOneStore()
                .withBean(AuditLog.class, () -> broken)
                .run(context -> assertThatIllegalStateException()
                        .isThrownBy(
                                () -> context.getBean(YotpoSyncEndpoint.class).view("audit", null, null)));
    }
}
