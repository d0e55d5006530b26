package io.yotposync.autoconfigure.operator;

import static io.yotposync.autoconfigure.operator.EndpointCalls.act;
import static io.yotposync.autoconfigure.operator.EndpointCalls.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.yotposync.CustomerSync;
import io.yotposync.autoconfigure.Hosts;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.operator.AuditEntry;
import io.yotposync.operator.AuditLog;
import io.yotposync.operator.Controls;
import io.yotposync.operator.Done;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreSwitch;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.cglib.proxy.Enhancer;
import org.springframework.cglib.proxy.MethodInterceptor;

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

            Object answer =
                    endpoint.act("pause", "default", null, null, null, "a reason", new EndpointCalls.Operator(name));

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

    @ParameterizedTest
    @ValueSource(strings = {"activity", "refused", "audit", "support"})
    void everyViewIsThere(String view) {
        Hosts.withOneStore()
                .run(context -> assertThat(
                                context.getBean(YotpoSyncEndpoint.class).view(view, null, null))
                        .isNotInstanceOf(WebEndpointResponse.class));
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
}
