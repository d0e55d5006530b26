package io.yotposync.jdbc;

import static io.yotposync.outbox.States.EU;
import static io.yotposync.outbox.States.T0;
import static io.yotposync.outbox.States.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.outbox.Outbox;
import io.yotposync.store.StoreState;
import io.yotposync.store.StoreStates;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

class JdbcStoreStatesIT {

    @ParameterizedTest
    @EnumSource
    void anUnknownStoreIsAsConfigured(TestDatabase database) {
        StoreStates states = open(database).storeStates();
        states.refresh();

        assertThat(states.get(EU)).isEqualTo(StoreState.asConfigured(EU));
    }

    @ParameterizedTest
    @EnumSource
    void whatOneNodeChangesAnotherReadsOnRefresh(TestDatabase database) {
        JdbcStorage storage = open(database);
        StoreStates one = storage.storeStates();
        StoreStates other = storage.storeStates();
        StoreState wanted = new StoreState(EU, false, true, "stock take", T0, "credentials", at(9), true, null);

        assertThat(one.update(EU, state -> wanted)).isEqualTo(wanted);
        assertThat(one.get(EU)).isEqualTo(wanted);
        assertThat(other.get(EU)).isEqualTo(StoreState.asConfigured(EU));
        other.refresh();
        assertThat(other.get(EU)).isEqualTo(wanted);

        StoreState back = other.update(EU, state -> StoreState.asConfigured(EU).withEnabled(true));
        one.refresh();
        assertThat(one.get(EU)).isEqualTo(back);
        assertThat(one.update(EU, state -> state)).isEqualTo(back);
    }

    @ParameterizedTest
    @EnumSource
    void changesAndLaneLeasesDoNotDisturbEachOther(TestDatabase database) {
        JdbcStorage storage = open(database);
        StoreStates states = storage.storeStates();
        Outbox outbox = storage.outbox();
        outbox.lease(EU, "a", Duration.ofSeconds(60), T0);

        states.update(EU, state -> state.pausedFor("sale"));

        assertThat(outbox.lease(EU, "b", Duration.ofSeconds(60), at(1))).isEmpty();
        assertThat(outbox.lease(EU, "a", Duration.ofSeconds(60), at(1))).isPresent();
        states.refresh();
        assertThat(states.get(EU).paused()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void noChangeIsLostWhenNodesChangeAtOnce(TestDatabase database) {
        JdbcStorage storage = open(database);
        ExecutorService nodes = Executors.newFixedThreadPool(4);
        try {
            CompletableFuture.allOf(IntStream.range(0, 4)
                            .mapToObj(node -> CompletableFuture.runAsync(
                                    () -> {
                                        StoreStates states = storage.storeStates();
                                        IntStream.range(0, 5)
                                                .forEach(i -> states.update(EU, JdbcStoreStatesIT::oneLonger));
                                    },
                                    nodes))
                            .toArray(CompletableFuture[]::new))
                    .join();
        } finally {
            nodes.shutdownNow();
        }
        StoreStates states = storage.storeStates();
        states.refresh();
        assertThat(states.get(EU).pauseReason()).hasSize(20);
    }

    /** Databases whose readers keep no writer waiting. */
    @ParameterizedTest
    @EnumSource(names = {"H2", "POSTGRESQL"})
    void whatWasReadBeforeAChangeDoesNotTakeItBack(TestDatabase database) {
        AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
        DataSource pool = new DelegatingDataSource(database.empty()) {
            @Override
            public Connection getConnection() throws SQLException {
                return beforeCommit(
                        super.getConnection(),
                        () -> meanwhile.getAndSet(() -> {}).run());
            }
        };
        StoreStates states = JdbcStorage.open(pool, OutboxTables.standard()).storeStates();
        states.update(EU, state -> state.withEnabled(true));
        meanwhile.set(() -> CompletableFuture.runAsync(() -> states.update(EU, state -> state.pausedFor("sale")))
                .join());

        states.refresh();

        assertThat(states.get(EU).paused()).isTrue();
    }

    private static Connection beforeCommit(Connection real, Runnable work) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, called, args) -> {
                    if (called.getName().equals("commit")) {
                        work.run();
                    }
                    try {
                        return called.invoke(real, args);
                    } catch (InvocationTargetException fault) {
                        throw fault.getCause();
                    }
                });
    }

    private static StoreState oneLonger(StoreState state) {
        String reason = state.pauseReason();
        return state.pausedFor((reason == null ? "" : reason) + "x");
    }

    private static JdbcStorage open(TestDatabase database) {
        return JdbcStorage.open(database.empty(), OutboxTables.standard());
    }
}
