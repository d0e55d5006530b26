package io.yotposync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.CustomerSync;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.outbox.Outbox;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreSwitch;
import io.yotposync.store.Stores;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jndi.JndiObjectFactoryBean;
import org.springframework.jndi.JndiTemplate;

@ExtendWith(OutputCaptureExtension.class)
class OutboxChoiceIT {

    @Test
    void aDatabaseInMemoryGetsItsTablesByItself(CapturedOutput log) {
        host("first", memory()).run(context -> {
            assertThat(context.getBean(Outbox.class).durable()).isTrue();
            assertThat(log).contains("outbox: durable, table yotpo_customer_sync");
        });
    }

    @Test
    void aRealDatabaseIsLeftAloneUnlessAsked(CapturedOutput log, @TempDir java.nio.file.Path folder) {
        DataSource file = h2("jdbc:h2:" + folder.resolve("shop") + ";WRITE_DELAY=0");

        host("first", file).run(context -> {
            assertThat(context.getBean(Outbox.class).durable()).isFalse();
            assertThat(log)
                    .contains("the outbox is in memory and not durable")
                    .contains("Table yotpo_customer_sync is missing")
                    .contains("classpath:db/yotpo/h2/schema.sql");
        });
        host("first", file)
                .withPropertyValues("yotpo.sync.outbox.jdbc.initialize-schema=always")
                .run(context ->
                        assertThat(context.getBean(Outbox.class).durable()).isTrue());
        host("first", file)
                .withPropertyValues("yotpo.sync.outbox.jdbc.initialize-schema=never")
                .run(context ->
                        assertThat(context.getBean(Outbox.class).durable()).isTrue());
    }

    @Test
    void askedForExplicitlyMissingTablesEndTheStartWithTheScript() {
        host("first", memory())
                .withPropertyValues("yotpo.sync.outbox.type=jdbc", "yotpo.sync.outbox.jdbc.initialize-schema=never")
                .run(context -> {
                    FailureAnalysis analysis = new MissingOutboxFailureAnalyzer().analyze(context.getStartupFailure());
                    assertThat(analysis.getDescription()).contains("classpath:db/yotpo/h2/schema.sql");
                    assertThat(analysis.getAction()).contains("initialize-schema=always");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"MODE=Oracle", "IGNORECASE=TRUE"})
    void aDatabaseThatTakesOneTextForAnotherIsNotTaken(String mode, CapturedOutput log) {
        ApplicationContextRunner host =
                host("first", h2("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;" + mode));

        host.run(context -> {
            assertThat(context.getBean(Outbox.class).durable()).isFalse();
            assertThat(log).contains("the outbox is in memory and not durable").contains("as H2 does with " + mode);
        });
        host.withPropertyValues("yotpo.sync.outbox.type=jdbc")
                .run(context -> assertThat(new MissingOutboxFailureAnalyzer()
                                .analyze(context.getStartupFailure())
                                .getDescription())
                        .contains("as H2 does with " + mode));
    }

    /** As of plain Spring with two of Boot 4's jars: where Boot runs no migrations, none have to be waited for. */
    @Test
    void theDatabaseIsTakenAlsoWhereBootInitializesNone() {
        host("first", memory())
                .withClassLoader(new FilteredClassLoader("org.springframework.boot.sql.init"))
                .run(context ->
                        assertThat(context.getBean(Outbox.class).durable()).isTrue());
    }

    @Test
    void askedForWithoutADataSourceTheStartEnds() {
        Hosts.withOneStore()
                .withPropertyValues("yotpo.sync.outbox.type=jdbc")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("yotpo.sync.outbox.type is jdbc, but the host has no DataSource"));
    }

    @Test
    void memoryIsTakenWhereItIsAskedFor(CapturedOutput log) {
        host("first", memory())
                .withPropertyValues("yotpo.sync.outbox.type=memory")
                .run(context -> {
                    assertThat(context.getBean(Outbox.class).durable()).isFalse();
                    assertThat(log).doesNotContain("WARN").contains("outbox: memory");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc", "memory"})
    void aContextThatWasStoppedCanBeStartedAgain(String type) {
        host("first", memory())
                .withPropertyValues("yotpo.sync.outbox.type=" + type)
                .run(context -> {
                    context.stop();
                    context.start();

                    CustomerKey key = new CustomerKey(StoreKey.DEFAULT, "7");
                    context.getBean(CustomerSync.class)
                            .accept(CustomerSnapshot.of("7")
                                    .email("a@example.com")
                                    .build());
                    Awaitility.await()
                            .atMost(Duration.ofSeconds(10))
                            .untilAsserted(() -> assertThat(
                                            context.getBean(Outbox.class).find(key))
                                    .hasValueSatisfying(
                                            row -> assertThat(row.failure()).isNotNull()));
                });
    }

    @Test
    void ofSeveralDataSourcesAPropertyNamesTheOne(CapturedOutput log) {
        ApplicationContextRunner two = host("first", memory()).withBean("second", DataSource.class, () -> memory());

        two.run(context -> {
            assertThat(context.getBean(Outbox.class).durable()).isFalse();
            assertThat(log).contains("yotpo.sync.outbox.jdbc.data-source").contains("first, second");
        });
        two.withPropertyValues("yotpo.sync.outbox.jdbc.data-source=second").run(context -> {
            assertThat(context.getBean(Outbox.class).durable()).isTrue();
            new JdbcTemplate(context.getBean("second", DataSource.class))
                    .queryForObject("SELECT COUNT(*) FROM yotpo_customer_sync", Integer.class);
        });
        for (String type : List.of("auto", "jdbc")) {
            two.withPropertyValues("yotpo.sync.outbox.type=" + type, "yotpo.sync.outbox.jdbc.data-source=third")
                    .run(context -> assertThat(context.getStartupFailure())
                            .rootCause()
                            .hasMessageContaining("names no DataSource bean: 'third'"));
            host("first", memory())
                    .withPropertyValues("yotpo.sync.outbox.type=" + type, "yotpo.sync.outbox.jdbc.table-prefix=a-b")
                    .run(context -> assertThat(context.getStartupFailure())
                            .rootCause()
                            .hasMessageContaining("yotpo.sync.outbox.jdbc.table-prefix"));
        }
    }

    @Test
    void ofBroadleafsSeveralDataSourcesItIsTheOneWithTheCustomers() {
        DataSource web = memory();
        ApplicationContextRunner broadleaf = Hosts.withOneStore()
                .withBean("webDS", DataSource.class, () -> web)
                .withBean("webSecureDS", DataSource.class, () -> memory())
                .withBean("webStorageDS", DataSource.class, () -> memory())
                .withBean("webEventDS", DataSource.class, () -> memory());

        broadleaf.run(context -> {
            assertThat(context.getBean(Outbox.class).durable()).isTrue();
            assertThat(new JdbcTemplate(web).queryForObject("SELECT COUNT(*) FROM yotpo_customer_sync", Integer.class))
                    .isZero();
        });
        broadleaf
                .withPropertyValues("yotpo.sync.outbox.jdbc.data-source=webEventDS")
                .run(context -> assertThat(new JdbcTemplate(context.getBean("webEventDS", DataSource.class))
                                .queryForObject("SELECT COUNT(*) FROM yotpo_customer_sync", Integer.class))
                        .isZero());
    }

    @Test
    void aPrimaryDataSourceIsTheOneThatIsMeant() {
        Hosts.withOneStore()
                .withBean("first", DataSource.class, () -> memory())
                .withBean("second", DataSource.class, () -> memory(), definition -> definition.setPrimary(true))
                .run(context -> new JdbcTemplate(context.getBean("second", DataSource.class))
                        .queryForObject("SELECT COUNT(*) FROM yotpo_customer_sync", Integer.class));
    }

    @Test
    void prefixAndSchemaAreTheHostsToChoose() {
        DataSource database = memory();
        new JdbcTemplate(database).execute("CREATE SCHEMA sync");

        host("first", database)
                .withPropertyValues("yotpo.sync.outbox.jdbc.table-prefix=shop_", "yotpo.sync.outbox.jdbc.schema=sync")
                .run(context -> {
                    context.getBean(CustomerSync.class)
                            .acceptDurably(CustomerSnapshot.of("1").build())
                            .get(10, TimeUnit.SECONDS);
                    assertThat(new JdbcTemplate(database)
                                    .queryForObject("SELECT COUNT(*) FROM sync.shop_customer_sync", Integer.class))
                            .isEqualTo(1);
                });
    }

    @Test
    void aStartThatFailsLeavesNoThreadBehind() {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        host("first", memory())
                .withBean("last", SmartInitializingSingleton.class, () -> () -> {
                    throw new IllegalStateException("the host's own trouble");
                })
                .run(context -> assertThat(context).hasFailed());

        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet().stream()
                                .filter(thread -> !before.contains(thread))
                                .map(Thread::getName))
                        .noneMatch(name -> name.startsWith("yotpo-sync")));
    }

    @Test
    void aStopWritesWhatWaits() {
        DataSource database = memory();
        host("first", database).run(context -> {
            CustomerSync sync = context.getBean(CustomerSync.class);
            for (int i = 0; i < 1000; i++) {
                sync.accept(CustomerSnapshot.of("c" + i).build());
            }
        });

        assertThat(new JdbcTemplate(database).queryForObject("SELECT COUNT(*) FROM yotpo_customer_sync", Integer.class))
                .isEqualTo(1000);
    }

    @Test
    void whatIsSwitchedAtRunTimeIsSoAfterARestartAndOnOtherNodes() {
        DataSource database = memory();
        host("first", database)
                .run(context -> context.getBean(StoreSwitch.class).pause(StoreKey.DEFAULT, "stocktaking"));

        host("first", database).run(context -> {
            context.getBean(io.yotposync.store.StoreStates.class).refresh();
            assertThat(context.getBean(Stores.class).all()).hasSize(1);
            assertThat(context.getBean(StoreSwitch.class)
                            .state(StoreKey.DEFAULT)
                            .pauseReason())
                    .isEqualTo("stocktaking");
        });
    }

    /** As {@code jee:jndi-lookup} without an expected type, on a server whose DataSource it is. */
    @Test
    void aDataSourceThatIsLookedUpIsFoundByItsName(CapturedOutput log) {
        Hosts.withOneStore().withInitializer(lookedUp("webDS")).run(context -> {
            assertThat(context.getBean(Outbox.class).durable()).isTrue();
            assertThat(log).doesNotContain("not durable");
        });
        Hosts.withOneStore()
                .withInitializer(lookedUp("shop"))
                .withPropertyValues("yotpo.sync.outbox.type=jdbc", "yotpo.sync.outbox.jdbc.data-source=shop")
                .run(context ->
                        assertThat(context.getBean(Outbox.class).durable()).isTrue());
    }

    @Test
    void oneThatHasAnotherNameIsToldOf(CapturedOutput log) {
        Hosts.withOneStore().withInitializer(lookedUp("shop")).run(context -> {
            assertThat(context.getBean(Outbox.class).durable()).isFalse();
            assertThat(log)
                    .contains("the outbox is in memory and not durable. That [shop] is a DataSource was not known")
                    .contains("yotpo.sync.outbox.jdbc.data-source");
        });
    }

    @Test
    void aHostWithoutAnyDatabaseIsNotWarned(CapturedOutput log) {
        Hosts.withOneStore().run(context -> {
            assertThat(context.getBean(Outbox.class).durable()).isFalse();
            assertThat(log).doesNotContain("WARN");
        });
    }

    static ApplicationContextInitializer<ConfigurableApplicationContext> lookedUp(String name) {
        JndiTemplate server = new JndiTemplate() {
            @Override
            public Object lookup(String place) {
                return memory();
            }
        };
        return context -> ((BeanDefinitionRegistry) context.getBeanFactory())
                .registerBeanDefinition(
                        name,
                        BeanDefinitionBuilder.rootBeanDefinition(JndiObjectFactoryBean.class)
                                .addPropertyValue("jndiTemplate", server)
                                .addPropertyValue("jndiName", "java:comp/env/jdbc/" + name)
                                .getBeanDefinition());
    }

    private static ApplicationContextRunner host(String name, DataSource dataSource) {
        return Hosts.withOneStore().withBean(name, DataSource.class, () -> dataSource);
    }

    static DataSource memory() {
        return h2("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    }

    private static DataSource h2(String url) {
        JdbcDataSource dataSource = new JdbcDataSource();
        dataSource.setUrl(url);
        return dataSource;
    }
}
