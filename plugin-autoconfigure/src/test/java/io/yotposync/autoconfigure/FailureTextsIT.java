package io.yotposync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.yotposync.CustomerSync;
import io.yotposync.outbox.Outbox;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.util.StringUtils;

/** The likeliest mistakes, each with every word that the host's log has of it. */
class FailureTextsIT {

    private static final String WITHOUT = " To start without the plugin, set yotpo.sync.enabled=false.";

    @Test
    void theAppKeyIsMissing() {
        says(
                Hosts.plugin().withPropertyValues("yotpo.sync.stores.eu.secret=secret-1"),
                "The property 'yotpo.sync.stores.eu.app-key' is missing.",
                "It is the store id (app key) shown in Yotpo's account settings." + WITHOUT);
    }

    @Test
    void theSecretIsMissing() {
        says(
                Hosts.plugin().withPropertyValues("yotpo.sync.stores.eu.app-key=app-1"),
                "The property 'yotpo.sync.stores.eu.secret' is missing.",
                "It is the API secret shown in Yotpo's account settings." + WITHOUT);
    }

    @Test
    void twoStoresHaveOneAppKey() {
        says(
                store("stores.eu.app-key=app-1", "stores.eu.secret=secret-2"),
                "The property 'yotpo.sync.stores.eu.app-key' is the same as that of store 'default'.",
                "Give each store its own app key, or set shared-app-key=true for both if they are meant to write to one"
                        + " Yotpo store." + WITHOUT);
    }

    @Test
    void aSecretWouldGoOverTheWireInTheClear() {
        says(
                store("stores.default.base-url=http://api.yotpo.com"),
                "The property 'yotpo.sync.stores.default.base-url' must be https, for it carries the secret"
                        + " and customers' data.",
                "Use https; http is allowed for localhost only." + WITHOUT);
    }

    @Test
    void aDurationIsNone() {
        says(
                store("defaults.settle=soon"),
                "The property 'yotpo.sync.defaults.settle' is not a duration.",
                "Give a duration such as 250ms, 5s, 10m or 24h." + WITHOUT);
    }

    @Test
    void aNumberIsNone() {
        says(
                store("stores.default.rate-limit=5/s"),
                "The property 'yotpo.sync.stores.default.rate-limit' is not a number.",
                "Write digits, such as 5, without a unit." + WITHOUT);
    }

    @Test
    void aRateIsNegative() {
        says(
                store("stores.default.rate-limit=-1"),
                "The property 'yotpo.sync.stores.default.rate-limit' must be 0 to 10000.",
                "Yotpo permits 5 requests per second and store." + WITHOUT);
    }

    @Test
    void aSwitchIsNeitherOnNorOff() {
        says(
                store("stores.default.enabled=on-sundays"),
                "The property 'yotpo.sync.stores.default.enabled' is not true or false.",
                "Write true or false, or leave it out." + WITHOUT);
    }

    @Test
    void thereIsNoSuchKindOfOutbox() {
        says(
                store("outbox.type=database"),
                "The property 'yotpo.sync.outbox.type' is not one of auto, jdbc, memory.",
                "Write one of these, or leave it out." + WITHOUT);
    }

    @Test
    void aPropertyIsMisspelt() {
        says(
                store("outbox.max-row=10", "stores.eu.app-kye=app-2"),
                "The property 'yotpo.sync.outbox.max-row' is not known.",
                "Did you mean yotpo.sync.outbox.max-rows? Not known either: yotpo.sync.stores.eu.app-kye. To be warned only,"
                        + " set yotpo.sync.strict=false." + WITHOUT);
    }

    @Test
    void theStoreIsLeftOut() {
        says(
                Hosts.plugin().withPropertyValues("yotpo.sync.app-key=app-1", "yotpo.sync.secret=secret-1"),
                "The property 'yotpo.sync.app-key' is not known.",
                "Write yotpo.sync.stores.default.app-key. Not known either: yotpo.sync.secret. To be warned only, set"
                        + " yotpo.sync.strict=false." + WITHOUT);
    }

    @Test
    void theStoresKeyIsLeftOut() {
        says(
                Hosts.plugin().withPropertyValues("yotpo.sync.stores.app-key=app-1"),
                "The property 'yotpo.sync.stores.app-key' does not say of which store.",
                "Write yotpo.sync.stores.default.app-key." + WITHOUT);
    }

    @Test
    void aStoresKeyHasALetterThatNoPropertyCanHave() {
        says(
                Hosts.plugin()
                        .withPropertyValues("yotpo.sync.stores.ü.app-key=app-1", "yotpo.sync.stores.ü.secret=secret-1"),
                "The property 'yotpo.sync.stores.ü' has a key that cannot be used.",
                "Use 1 to 64 letters of a to z, digits, dots, dashes or underscores." + WITHOUT);
    }

    @Test
    void twoStoresHaveOneKey() {
        says(
                store("stores.eu.app-key=app-2", "stores.eu.secret=secret-2", "stores.EU.app-key=app-3"),
                "The property 'yotpo.sync.stores.EU' has the key of the store 'eu': capitals, dashes and underscores make"
                        + " no difference.",
                "Give one of them another key, or spell it as the other if it is the same store." + WITHOUT);
    }

    @Test
    void anAttributeHasNoName() {
        says(
                store("defaults.attributes=tags"),
                "The property 'yotpo.sync.defaults.attributes' is no single value.",
                "Write yotpo.sync.defaults.attributes.<name>=<Yotpo property>, or leave it out." + WITHOUT);
    }

    @Test
    void aNumberIsTooLarge() {
        says(
                store("scan.batch=99999999999"),
                "The property 'yotpo.sync.scan.batch' is out of range.",
                "Write a number nearer to the default." + WITHOUT);
    }

    @Test
    void aListThatKeepsCustomersBackIsEmpty() {
        says(
                store("safety.only-email-domains=${STAGING_DOMAINS:}"),
                "The property 'yotpo.sync.safety.only-email-domains' is set, but empty.",
                "Give it a value, or write * where nothing is to be kept back. A placeholder with nothing"
                        + " behind its colon may have left it so." + WITHOUT);
    }

    @Test
    void thereIsNoDataSource() {
        says(
                store("outbox.type=jdbc"),
                "The property 'yotpo.sync.outbox.type' is jdbc, but the host has no DataSource that is known as one"
                        + " before it is made, or no spring-jdbc.",
                "Give it a DataSource bean; or name one that JNDI looks up in yotpo.sync.outbox.jdbc.data-source; or set"
                        + " yotpo.sync.outbox.type=memory." + WITHOUT);
    }

    @Test
    void thereAreSeveralDataSourcesAndNoneIsNamed() {
        says(
                store("outbox.type=jdbc")
                        .withBean("first", DataSource.class, this::h2)
                        .withBean("second", DataSource.class, this::h2),
                "The property 'yotpo.sync.outbox.jdbc.data-source' is not set, and it is not clear which of several"
                        + " DataSources is meant.",
                "Name one of [first, second]." + WITHOUT);
    }

    @Test
    void thereIsNoDataSourceOfThatName() {
        says(
                store("outbox.type=jdbc", "outbox.jdbc.data-source=third")
                        .withBean("first", DataSource.class, this::h2),
                "The property 'yotpo.sync.outbox.jdbc.data-source' names no DataSource bean: 'third'.",
                "Name one of [first]." + WITHOUT);
    }

    @Test
    void theTablesNamesCannotBe() {
        says(
                store("outbox.jdbc.table-prefix=shop-").withBean(DataSource.class, this::h2),
                "The property 'yotpo.sync.outbox.jdbc.table-prefix' cannot be used: 'shop-'.",
                "Use up to 40 letters, digits or underscores." + WITHOUT);
    }

    @Test
    void theTablesAreMissing() {
        says(
                store("outbox.type=jdbc", "outbox.jdbc.initialize-schema=never").withBean(DataSource.class, this::h2),
                "Yotpo sync was told to keep its outbox in the database (yotpo.sync.outbox.type=jdbc). Table"
                        + " yotpo_customer_sync is missing or not readable. classpath:db/yotpo/h2/schema.sql creates"
                        + " it.",
                "Run the script with your migrations, or set yotpo.sync.outbox.jdbc.initialize-schema=always to have it"
                        + " run at start, or set yotpo.sync.outbox.type=memory to do without a durable outbox.");
    }

    @Test
    void theTablesCannotBeCreated() {
        says(
                store("outbox.type=jdbc", "outbox.jdbc.schema=nope", "outbox.jdbc.initialize-schema=always")
                        .withBean(DataSource.class, this::h2),
                "Yotpo sync was told to keep its outbox in the database (yotpo.sync.outbox.type=jdbc). Table"
                        + " nope.yotpo_customer_sync is missing or not readable. classpath:db/yotpo/h2/schema.sql creates"
                        + " it. It was to be created at this start, but the database says: Schema \"NOPE\" not found.",
                "Put right what the database says: the schema has to be there, and the user may have to be allowed to"
                        + " create tables in it. Else run the script with your migrations, or set"
                        + " yotpo.sync.outbox.type=memory to do without a durable outbox.");
    }

    @Test
    void theTablesAreThoseOfAnOlderVersion() {
        DataSource database = h2();
        Hosts.withOneStore()
                .withBean(DataSource.class, () -> database)
                .run(context -> assertThat(context).hasNotFailed());
        new JdbcTemplate(database).execute("ALTER TABLE yotpo_customer_sync DROP COLUMN former_contacts");
        new JdbcTemplate(database).execute("ALTER TABLE yotpo_customer_sync DROP COLUMN acked_fields");

        says(
                store("outbox.type=jdbc").withBean(DataSource.class, () -> database),
                "Yotpo sync was told to keep its outbox in the database (yotpo.sync.outbox.type=jdbc). Table"
                        + " yotpo_customer_sync lacks acked_fields, former_contacts. classpath:db/yotpo/h2/schema.sql"
                        + " says how they are defined.",
                "Add the columns with your migrations: the plugin never alters a table. Or set"
                        + " yotpo.sync.outbox.type=memory to do without a durable outbox.");
    }

    @Test
    void statesCannotBeWrittenInTheHostsTransactions() {
        says(
                store("outbox.capture=atomic"),
                "The property 'yotpo.sync.outbox.capture' is atomic, but the outbox is not in the host's database.",
                "Set yotpo.sync.outbox.type=jdbc to see what is in the way, or yotpo.sync.outbox.capture=hand-over."
                        + WITHOUT);
    }

    @Test
    void anOutboxOfTheHostsOwnIsNotWrittenInItsTransactions() {
        says(
                store("outbox.capture=atomic").withBean(Outbox.class, () -> Outbox.inMemory(10)),
                "The property 'yotpo.sync.outbox.capture' is atomic, but a bean of type Outbox of the host's own is not"
                        + " written in its transactions.",
                "Leave that bean out, or set yotpo.sync.outbox.capture=hand-over." + WITHOUT);
    }

    @Test
    void aTestInstallationWouldWriteToTheRealStore() {
        says(
                store("safety.production-app-keys=app-9,app-1").withPropertyValues("spring.profiles.active=staging"),
                "The property 'yotpo.sync.stores.default.app-key' is that of a production store, and this host's profiles"
                        + " [staging] are none of those in yotpo.sync.safety.production-profiles.",
                "Use a test store's app key here. If this is production, add its profile to"
                        + " yotpo.sync.safety.production-profiles; to write to the production store from here all the"
                        + " same, set yotpo.sync.safety.allow-production=true." + WITHOUT);
    }

    @Test
    void aBeanOfTheHostsNeedsOneOfOursAndThePluginIsOff() {
        says(
                store("enabled=off").withUserConfiguration(Import.class),
                "A bean of the host's needs a CustomerSync, and there is none, for yotpo.sync.enabled is false.",
                "Inject an ObjectProvider<CustomerSync>, which may be empty, or set yotpo.sync.enabled=true.");
    }

    @Configuration(proxyBeanMethods = false)
    static class Import {

        @Bean
        Supplier<CustomerSync> nightlyImport(CustomerSync sync) {
            return () -> sync;
        }
    }

    private static ApplicationContextRunner store(String... properties) {
        ApplicationContextRunner host = Hosts.withOneStore();
        for (String property : properties) {
            host = host.withPropertyValues("yotpo.sync." + property);
        }
        return host;
    }

    private DataSource h2() {
        JdbcDataSource database = new JdbcDataSource();
        database.setUrl("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        return database;
    }

    /** By the analyzers that a host finds. */
    private static void says(ApplicationContextRunner host, String description, String action) {
        List<Environment> environment = new ArrayList<>(1);
        host.withInitializer(starting -> environment.add(starting.getEnvironment()))
                .run(context -> {
                    assertThat(context).hasFailed();
                    FailureAnalysis analysis = analyze(context.getStartupFailure(), environment.get(0));
                    assertThat(analysis.getDescription())
                            .isEqualTo(description + origin(description, environment.get(0)));
                    assertThat(analysis.getAction()).isEqualTo(action);
                });
    }

    /** Where these tests set everything; none of what is missing. */
    private static String origin(String description, Environment environment) {
        String setting = description.replaceFirst("(?s)^The property '([^']*)'.*", "$1");
        return environment.containsProperty(setting)
                ? " Origin: \"" + setting + "\" from property source \"test\"."
                : "";
    }

    private static FailureAnalysis analyze(Throwable failure, Environment environment) throws Exception {
        for (FailureAnalyzer analyzer : registered(environment)) {
            FailureAnalysis analysis = analyzer.analyze(failure);
            if (analysis != null) {
                return analysis;
            }
        }
        return fail("nobody has anything to say of " + failure);
    }

    private static List<FailureAnalyzer> registered(Environment environment) throws Exception {
        Properties factories = new Properties();
        try (var in = YotpoSyncAutoConfiguration.class.getResourceAsStream("/META-INF/spring.factories")) {
            factories.load(Objects.requireNonNull(in));
        }
        List<FailureAnalyzer> analyzers = new ArrayList<>();
        for (String name :
                StringUtils.commaDelimitedListToStringArray(factories.getProperty(FailureAnalyzer.class.getName()))) {
            Constructor<?> constructor = Class.forName(name.strip()).getConstructors()[0];
            analyzers.add((FailureAnalyzer) constructor.newInstance(
                    constructor.getParameterCount() == 0 ? new Object[0] : new Object[] {environment}));
        }
        return analyzers;
    }
}
