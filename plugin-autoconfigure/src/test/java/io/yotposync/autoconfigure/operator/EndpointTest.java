package io.yotposync.autoconfigure.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.groups.Tuple.tuple;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.yotposync.CustomerSync;
import io.yotposync.autoconfigure.Hosts;
import io.yotposync.autoconfigure.RegisteredAutoConfigurations;
import io.yotposync.autoconfigure.YotpoScanAutoConfiguration;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.operator.AuditEntry;
import io.yotposync.operator.AuditLog;
import io.yotposync.operator.Controls;
import io.yotposync.operator.Done;
import io.yotposync.outbox.Outbox;
import io.yotposync.source.CustomerSource;
import io.yotposync.store.CredentialsSource;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreSwitch;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cglib.proxy.Enhancer;
import org.springframework.cglib.proxy.MethodInterceptor;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.CannotCreateTransactionException;

/** The endpoint's operations as the host calls them. */
class EndpointTest {

    @Test
    void aStoreIsPausedAndTheOperatorIsWrittenDown() {
        Hosts.withOneStore().run(context -> {
            Object answer = act(context.getBean(YotpoSyncEndpoint.class), "pause", "default", null);

            assertThat(done(answer)).isNotBlank();
            assertThat(context.getBean(StoreSwitch.class)
                            .state(StoreKey.DEFAULT)
                            .pauseReason())
                    .isEqualTo("a reason");
            assertThat(context.getBean(AuditLog.class).newest(1))
                    .extracting(AuditEntry::who, AuditEntry::action)
                    .containsExactly(tuple("jo", "pause"));
        });
    }

    /** As of a token that was given to a machine. */
    @ParameterizedTest
    @NullSource
    @ValueSource(strings = " ")
    void anOperatorWithoutANameIsWrittenDownToo(@Nullable String name) {
        Hosts.withOneStore().run(context -> {
            YotpoSyncEndpoint endpoint = context.getBean(YotpoSyncEndpoint.class);

            Object answer = endpoint.act("pause", "default", null, null, null, "a reason", new Operator(name));

            assertThat(done(answer)).isNotBlank();
            assertThat(context.getBean(AuditLog.class).newest(1))
                    .extracting(AuditEntry::who, AuditEntry::action)
                    .containsExactly(tuple("without a name", "pause"));
        });
    }

    @ParameterizedTest
    @ValueSource(classes = {YotpoSyncEndpoint.class, YotpoConsoleEndpoint.class})
    void aHostsAspectMayStandAroundTheOperationsOfAllEndpoints(Class<?> endpoint) {
        Enhancer proxies = new Enhancer();
        proxies.setSuperclass(endpoint);
        proxies.setCallbackType(MethodInterceptor.class);

        assertThat(proxies.createClass()).isAssignableTo(endpoint);
    }

    @ParameterizedTest
    @ValueSource(strings = {"enable", "disable", "pause", "resume", "retry"})
    void everyActionIsThere(String action) {
        Hosts.withOneStore()
                .run(context -> assertThat(done(act(context.getBean(YotpoSyncEndpoint.class), action, "default", null)))
                        .isNotBlank());
    }

    @Test
    void anErasureHasAReceiptAStoreAndIsWrittenDown() {
        Hosts.withOneStore().run(context -> {
            context.getBean(CustomerSync.class)
                    .accept(CustomerSnapshot.of("1")
                            .registered(true)
                            .email("canary@example.com")
                            .build());
            YotpoSyncEndpoint endpoint = context.getBean(YotpoSyncEndpoint.class);

            Object answer = act(endpoint, "erase", null, "1");

            assertThat(answer)
                    .extracting("details.receipts", InstanceOfAssertFactories.LIST)
                    .singleElement()
                    .extracting("store")
                    .isEqualTo("default");
            assertThat(answer.toString()).doesNotContain("canary");
            assertThat(context.getBean(AuditLog.class).newest(1))
                    .extracting(AuditEntry::who, AuditEntry::action, AuditEntry::customer, AuditEntry::reason)
                    .containsExactly(tuple("jo", "erase", "1", "a reason"));
        });
    }

    /** As it comes from a spreadsheet; the ledger has ids without it. */
    @ParameterizedTest
    @ValueSource(strings = {" 1", "1 ", "1\n"})
    void whatIsAroundAnIdIsNoPartOfIt(String id) {
        Hosts.withOneStore().run(context -> {
            context.getBean(CustomerSync.class)
                    .accept(CustomerSnapshot.of("1").email("ada@example.com").build());
            YotpoSyncEndpoint endpoint = context.getBean(YotpoSyncEndpoint.class);

            assertThat(endpoint.explain("customer", id, null)).asString().contains("customer=1,");
            assertThat(endpoint.explain("customer", id, "default")).asString().contains("customer=1,");
            assertThat(act(endpoint, "erase", null, id))
                    .extracting("details.receipts", InstanceOfAssertFactories.LIST)
                    .hasSize(1);
        });
    }

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

    @ParameterizedTest
    @ValueSource(strings = {"activity", "refused", "audit", "support"})
    void everyViewIsThere(String view) {
        Hosts.withOneStore()
                .run(context -> assertThat(
                                context.getBean(YotpoSyncEndpoint.class).view(view, null, null))
                        .isNotInstanceOf(WebEndpointResponse.class));
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
        when(source.find(any())).thenThrow(fault);
        Hosts.withOneStore()
                .withPropertyValues("yotpo.sync.scan.enabled=false")
                .withBean(CustomerSource.class, () -> source)
                .run(context -> {
                    Object answer = context.getBean(YotpoSyncEndpoint.class).explain("preview", "1", "default");

                    assertThat(((WebEndpointResponse<?>) answer).getStatus()).isEqualTo(503);
                    assertThat(problem(answer))
                            .contains(
                                    "the customer cannot be read",
                                    fault.getClass().getName())
                            .doesNotContain("canary");
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

    @Test
    void withoutAStoreThereIsNothingToExplainAndSwitchedOffNobodyToAsk() {
        Hosts.plugin()
                .run(context -> assertThat(
                                context.getBean(YotpoSyncEndpoint.class).explain("customer", "1", null))
                        .isEqualTo(Map.of("explanations", List.of())));
        Hosts.withOneStore()
                .withPropertyValues("yotpo.sync.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(YotpoSyncEndpoint.class));
    }

    @Test
    void aJobIsKnownInCapitalsToo() {
        Controls controls = mock(Controls.class);
        when(controls.proceed(eq(StoreKey.DEFAULT), eq("sweep"), any()))
                .thenReturn(new Done("proceed", "It goes on.", Map.of()));
        Hosts.withOneStore().withBean(Controls.class, () -> controls).run(context -> {
            YotpoSyncEndpoint endpoint = context.getBean(YotpoSyncEndpoint.class);

            assertThat(done(endpoint.act("proceed", "default", null, null, "SWEEP", null, SecurityContext.NONE)))
                    .isEqualTo("It goes on.");
        });
    }

    private static Object act(
            YotpoSyncEndpoint endpoint, String action, @Nullable String store, @Nullable String customer) {
        return endpoint.act(action, store, customer, null, null, "a reason", new Operator("jo"));
    }

    /** What was done, in a sentence. */
    private static String done(Object answer) {
        assertThat(answer).isInstanceOf(Map.class);
        return String.valueOf(((Map<?, ?>) answer).get("message"));
    }

    private static String problem(Object answer) {
        assertThat(answer).isInstanceOf(WebEndpointResponse.class);
        return String.valueOf(((Map<?, ?>) ((WebEndpointResponse<?>) answer).getBody()).get("message"));
    }

    /** An operator whom the host knows. */
    private record Operator(@Nullable String name) implements SecurityContext {

        @Override
        @SuppressWarnings("NullAway") // as some principals do, whatever their interface says
        public Principal getPrincipal() {
            return () -> name;
        }

        @Override
        public boolean isUserInRole(String role) {
            return false;
        }
    }
}
