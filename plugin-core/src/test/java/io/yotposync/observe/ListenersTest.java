package io.yotposync.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import ch.qos.logback.classic.Level;
import io.yotposync.CapturedLog;
import io.yotposync.outbox.Failure;
import io.yotposync.outbox.FailureClass;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.MDC;

class ListenersTest {

    private static final CustomerKey KEY = new CustomerKey(StoreKey.DEFAULT, "7");
    private static final Failure FAILURE = new Failure(FailureClass.OUTAGE, 503, "busy");

    private final CapturedLog log = new CapturedLog("io.yotposync", Level.DEBUG);

    @AfterEach
    void stopListening() {
        log.close();
        MDC.clear();
    }

    static Stream<Consumer<SyncListener>> calls() {
        return Stream.of(
                to -> to.skipped(null, "7", SkipReason.NO_STORE),
                to -> to.suppressed(KEY),
                to -> to.accepted(KEY),
                to -> to.notCaptured(KEY),
                to -> to.dropped(KEY),
                to -> to.delivered(KEY, Duration.ofMillis(5)),
                to -> to.superseded(KEY),
                to -> to.retrying(KEY, FAILURE, Instant.EPOCH),
                to -> to.parked(KEY, FAILURE),
                to -> to.waiting(StoreKey.DEFAULT, FAILURE, Instant.EPOCH),
                to -> to.held(StoreKey.DEFAULT, FAILURE),
                to -> to.released(StoreKey.DEFAULT),
                to -> to.outage(StoreKey.DEFAULT),
                to -> to.recovered(StoreKey.DEFAULT));
    }

    @Test
    void everyCallThereIsIsAmongThese() {
        List<String> heard = new ArrayList<>();
        calls().forEach(call -> call.accept(everyCall(heard::add)));

        assertThat(heard)
                .containsExactlyInAnyOrderElementsOf(Stream.of(SyncListener.class.getMethods())
                        .filter(Method::isDefault)
                        .map(Method::getName)
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("calls")
    void oneFaultyListenerDisturbsNeitherTheOthersNorTheCaller(Consumer<SyncListener> call) {
        List<String> heard = new ArrayList<>();
        SyncListener all = SyncListener.all(List.of(
                everyCall(method -> {
                    throw new IllegalStateException("canary");
                }),
                everyCall(method -> {
                    throw new NoClassDefFoundError("canary");
                }),
                everyCall(method -> {
                    throw new Error("canary");
                }),
                everyCall(heard::add)));

        assertThatCode(() -> call.accept(all)).doesNotThrowAnyException();

        assertThat(heard).hasSize(1);
        assertThat(log.lines()).hasSize(3).noneMatch(line -> line.contains("canary"));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void everyCallHasOneLineAndAListenerMayIgnoreAll(Consumer<SyncListener> call) {
        call.accept(new SyncListener() {});
        assertThat(log.lines()).isEmpty();

        call.accept(new LoggingListener());

        assertThat(log.lines()).isNotEmpty().allMatch(line -> line.startsWith("Yotpo sync: "));
    }

    @Test
    void storeAndCustomerStandBesideTheLinesAndTheHostsOwnFieldsStay() {
        MDC.put("request", "r-1");
        MDC.put(LogFields.CUSTOMER, "the host's");
        SyncListener all = SyncListener.all(List.of(new LoggingListener()));

        all.accepted(KEY);
        all.held(StoreKey.DEFAULT, FAILURE);

        assertThat(log.events().get(0).getMDCPropertyMap())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("request", "r-1", LogFields.STORE, "default", LogFields.CUSTOMER, KEY.customerId()));
        assertThat(log.events().get(1).getMDCPropertyMap())
                .containsExactlyInAnyOrderEntriesOf(Map.of("request", "r-1", LogFields.STORE, "default"));
        assertThat(MDC.getCopyOfContextMap())
                .containsExactlyInAnyOrderEntriesOf(Map.of("request", "r-1", LogFields.CUSTOMER, "the host's"));
    }

    /** Who reads that a store does not answer wants to know whether it is Yotpo, or a name that is not found. */
    @Test
    void anOutageIsFollowedOnceByWhatATryCameTo() {
        LoggingListener listener = new LoggingListener();
        Failure unknown = new Failure(FailureClass.NETWORK, 0, "host name not found");
        listener.retrying(KEY, unknown, Instant.EPOCH);
        listener.outage(StoreKey.DEFAULT);
        listener.retrying(KEY, new Failure(FailureClass.CREDENTIALS, 404, "no store of Jane"), Instant.EPOCH);
        listener.retrying(KEY, unknown, Instant.EPOCH);
        listener.retrying(KEY, unknown, Instant.EPOCH);
        listener.outage(new StoreKey("eu"));
        listener.recovered(new StoreKey("eu"));
        listener.retrying(new CustomerKey(new StoreKey("eu"), "7"), unknown, Instant.EPOCH);

        assertThat(log.lines(Level.WARN))
                .containsExactly(
                        "Yotpo sync: store default does not answer; its customers stay pending",
                        "Yotpo sync: store default does not answer: host name not found",
                        "Yotpo sync: store eu does not answer; its customers stay pending");
    }

    @Test
    void warnsOfAFullOutboxOnceAStore() {
        LoggingListener listener = new LoggingListener();
        listener.dropped(KEY);
        listener.dropped(KEY);
        listener.dropped(new CustomerKey(new StoreKey("eu"), "7"));

        assertThat(log.lines(Level.WARN)).hasSize(2);
    }

    @Test
    void aListenerThatFailsOfEveryCustomerIsWarnedOfOnce() {
        SyncListener all = SyncListener.all(List.of(everyCall(method -> {
            throw new IllegalStateException("canary");
        })));

        for (int i = 0; i < 20; i++) {
            all.accepted(KEY);
        }

        assertThat(log.lines(Level.WARN)).hasSize(1);
    }

    @Test
    void aHeldStoreSaysWhatToDo() {
        new LoggingListener().held(StoreKey.DEFAULT, new Failure(FailureClass.CREDENTIALS, 401, "refused"));

        assertThat(log.lines())
                .singleElement()
                .asString()
                .contains("yotpo.sync.stores.default.app-key")
                .endsWith(FailureClass.CREDENTIALS.fix(StoreKey.DEFAULT));
    }

    /** A redirect is of our kind too, and mostly a wrong base-url. */
    @Test
    void whatIsNeitherYotposNorTheCustomersFaultMayBeASettings() {
        assertThat(FailureClass.OURS.fix(StoreKey.DEFAULT)).startsWith("A fault of a setting,");
    }

    private static SyncListener everyCall(Consumer<String> reaction) {
        return (SyncListener) Proxy.newProxyInstance(
                SyncListener.class.getClassLoader(),
                new Class<?>[] {SyncListener.class},
                (proxy, method, arguments) -> {
                    react(reaction, method);
                    return null;
                });
    }

    private static void react(Consumer<String> reaction, Method method) {
        if (method.getDeclaringClass() == SyncListener.class) {
            reaction.accept(method.getName());
        }
    }
}
