package io.yotposync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yotposync.CustomerSync;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.operator.Explainer;
import io.yotposync.operator.Overviews;
import io.yotposync.outbox.Outbox;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.HostSwitch;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreSwitch;
import java.time.Duration;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** A store is switched by a row that somebody writes in Broadleaf's administration. */
@ExtendWith(OutputCaptureExtension.class)
class SystemPropertySwitchIT {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String PROPERTY = "yotpo.sync.stores.default.enabled";

    private final JdbcDataSource database = new JdbcDataSource();
    private final JdbcTemplate admin = new JdbcTemplate(database);

    @BeforeEach
    void broadleafsTable() {
        database.setUrl("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        admin.execute("CREATE TABLE BLC_SYSTEM_PROPERTY (BLC_SYSTEM_PROPERTY_ID BIGINT PRIMARY KEY,"
                + " PROPERTY_NAME VARCHAR(255) NOT NULL, PROPERTY_VALUE VARCHAR(255))");
    }

    @Test
    void everyNodeSeesIt() {
        broadleaf()
                .run(one -> broadleaf().run(other -> {
                    assertThat(isOn(one)).isTrue();

                    set("false");
                    await().atMost(LONG).until(() -> !isOn(one) && !isOn(other));
                    assertThat(one.getBean(Overviews.class).all())
                            .singleElement()
                            .satisfies(store -> {
                                assertThat(store.enabled()).isFalse();
                                assertThat(store.enabledBy()).isEqualTo("the shop's administration");
                            });

                    set("true");
                    await().atMost(LONG).until(() -> isOn(one) && isOn(other));
                }));
    }

    @Test
    void itIsSeenBeforeTheFirstCustomerIsTakenAfterAStart() {
        set("false");

        broadleaf()
                .withPropertyValues("yotpo.sync.system-properties.interval=1h")
                .run(context -> {
                    assertThat(isOn(context)).isFalse();
                    context.getBean(CustomerSync.class)
                            .accept(CustomerSnapshot.of("1")
                                    .email("a@example.com")
                                    .build());

                    assertThat(context.getBean(Outbox.class).find(key("1"))).isEmpty();
                    assertThat(context.getBean(Explainer.class)
                                    .explain(key("1"))
                                    .because())
                            .isEqualTo(
                                    "Store default is switched off by the shop's administration (on Broadleaf: the system"
                                            + " property yotpo.sync.stores.default.enabled), so its customers are not sent.");
                });
    }

    @Test
    void switchedOnItCountsForMoreThanThePropertyAndAsksForTheCatchUp() {
        broadleaf().withPropertyValues(PROPERTY + "=false").run(context -> {
            assertThat(isOn(context)).isFalse();
            set("true");

            await().atMost(LONG).until(() -> isOn(context));
            await().atMost(LONG)
                    .until(() -> switches(context).state(StoreKey.DEFAULT).catchUpNeeded());
        });
    }

    @Test
    void aStoreThatStaysOnAsksForNoCatchUpWhenAnotherIsSwitched() {
        broadleaf()
                .withPropertyValues(
                        "yotpo.sync.system-properties.interval=1h",
                        "yotpo.sync.stores.eu.app-key=eu",
                        "yotpo.sync.stores.eu.secret=other")
                .run(context -> {
                    SystemPropertySwitch host = context.getBean(SystemPropertySwitch.class);
                    set("false");
                    host.look();
                    assertThat(isOn(context)).isFalse();
                    set("true");
                    host.look();

                    assertThat(switches(context).state(StoreKey.DEFAULT).catchUpNeeded())
                            .isTrue();
                    assertThat(switches(context).state(new StoreKey("eu")).catchUpNeeded())
                            .isFalse();
                });
    }

    @Test
    void whatItSaysAtAStartIsNoChangeAndAsksForNoCatchUp() {
        set("true");

        broadleaf().withPropertyValues(PROPERTY + "=false").run(context -> {
            assertThat(isOn(context)).isTrue();
            assertThat(switches(context).state(StoreKey.DEFAULT).catchUpNeeded())
                    .isFalse();
        });
    }

    @Test
    void ofTheOperatorAndTheAdministrationTheOneWhoSaysNoCounts() {
        set("true");
        broadleaf().run(context -> {
            switches(context).disable(StoreKey.DEFAULT);
            assertThat(isOn(context)).isFalse();

            switches(context).enable(StoreKey.DEFAULT);
            assertThat(isOn(context)).isTrue();

            set("false");
            await().atMost(LONG).until(() -> !isOn(context));
        });
    }

    @Test
    void aRowThatIsTakenAwayLeavesItToTheProperty() {
        set("false");
        broadleaf().run(context -> {
            admin.update("DELETE FROM BLC_SYSTEM_PROPERTY");

            await().atMost(LONG).until(() -> isOn(context));
        });
    }

    @Test
    void anOutageOfTheDatabaseLeavesStoresAsTheyAre() {
        set("false");
        broadleaf().withPropertyValues("yotpo.sync.outbox.type=memory").run(context -> {
            SystemPropertySwitch host = context.getBean(SystemPropertySwitch.class);
            database.setUrl("jdbc:h2:tcp://localhost:1/none");
            host.look();

            assertThat(isOn(context)).isFalse();
        });
    }

    @Test
    void withoutTheTableStoresAreAsTheirPropertiesSay(CapturedOutput log) {
        admin.execute("DROP TABLE BLC_SYSTEM_PROPERTY");

        broadleaf().run(context -> {
            assertThat(isOn(context)).isTrue();
            assertThat(context.getBean(SystemPropertySwitch.class).isRunning()).isFalse();
            assertThat(log).contains("Broadleaf's table BLC_SYSTEM_PROPERTY cannot be read");
        });
    }

    @Test
    void aHostWithoutBroadleafsServiceOrThatDoesNotWantItIsNotAsked() {
        Hosts.withOneStore()
                .withBean("webDS", DataSource.class, () -> database)
                .run(context -> assertThat(context).doesNotHaveBean(HostSwitch.class));
        broadleaf()
                .withPropertyValues("yotpo.sync.system-properties.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(HostSwitch.class));
    }

    private ApplicationContextRunner broadleaf() {
        return Hosts.withOneStore()
                .withPropertyValues("yotpo.sync.system-properties.interval=100ms")
                .withBean("blSystemPropertiesService", Object.class, Object::new)
                .withBean("webDS", DataSource.class, () -> database);
    }

    private void set(String value) {
        admin.update("MERGE INTO BLC_SYSTEM_PROPERTY VALUES (1, ?, ?)", PROPERTY, value);
    }

    private static boolean isOn(ApplicationContext context) {
        StoreSwitch stores = switches(context);
        return stores.isEnabled(stores.stores().get(StoreKey.DEFAULT));
    }

    private static StoreSwitch switches(ApplicationContext context) {
        return context.getBean(StoreSwitch.class);
    }

    private static CustomerKey key(String customer) {
        return new CustomerKey(StoreKey.DEFAULT, customer);
    }
}
