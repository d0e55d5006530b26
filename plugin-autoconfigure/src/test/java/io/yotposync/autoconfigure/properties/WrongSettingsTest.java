package io.yotposync.autoconfigure.properties;

import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.autoconfigure.Hosts;
import io.yotposync.store.InvalidSettingException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** A wrong property ends the start with its name and the fix. */
class WrongSettingsTest {

    private static final String SETTLE = "yotpo.sync.stores.default.settle";

    private static final Set<String> MEASURES =
            Set.of("java.lang.Integer", "java.lang.Long", "java.lang.Double", "java.time.Duration");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        stores.default.secret=                         | stores.default.secret               | is missing
        stores.default.app-key=                        | stores.default.app-key              | is missing
        stores.default.base-url=http://api.example.com | stores.default.base-url             | must be https
        stores.default.base-url=api.example.com        | stores.default.base-url             | is not a plain URL
        stores.default.base-url=https://localhost:65536 | stores.default.base-url            | is not a plain URL
        stores.default.base-url=ht tp://x              | stores.default.base-url             | is not a URL
        stores.default.rate-limit=-1                   | stores.default.rate-limit           | must be 0 to 10000
        stores.default.rate-limit=0.04                 | stores.default.rate-limit           | less than three requests
        stores.default.max-in-flight=0                 | stores.default.max-in-flight        | must be 1 to 1000
        stores.default.request-timeout=0s              | stores.default.request-timeout      | must be longer than nothing
        stores.default.request-timeout=99999999999d    | stores.default.request-timeout      | is longer than 20 minutes
        stores.default.lease=5s                        | stores.default.lease                | is shorter than three times
        stores.default.identifier.external-id=a..b     | stores.default.identifier.external-id | is not a bean property path
        stores.default.identifier.external-id=no spaces | stores.default.identifier.external-id | is not a bean property path
        stores.default.consent.sms=1st                 | stores.default.consent.sms          | is not a bean property path
        stores.default.attributes.tier=email           | stores.default.attributes.tier      | names no Yotpo property
        stores.default.secret={cipher}AQA6EDabc        | stores.default.secret               | is encrypted
        stores.default.secret=ENC(nrmZtkF7T0kjG==)     | stores.default.secret               | is encrypted
        stores.default.secret=${NOBODY_SET_THIS}       | stores.default.secret               | has a placeholder
        stores.default.app-key=a-${NOBODY_SET_THIS}    | stores.default.app-key              | has a placeholder
        stores.default.site=${NOBODY_SET_THIS}         | stores.default.site                 | has a placeholder
        stores.default.mapping-version=${NOBODY_SET_THIS} | stores.default.mapping-version   | has a placeholder
        defaults.attributes.tier=email                 | defaults.attributes.tier            | names no Yotpo property
        defaults.attributes.tier=${NOBODY_SET_THIS}    | defaults.attributes.tier            | has a placeholder
        console.reveal-authority=${NOBODY_SET_THIS}    | console.reveal-authority            | has a placeholder
        source.schema=${NOBODY_SET_THIS}               | source.schema                       | has a placeholder
        source.data-source=${NOBODY_SET_THIS}          | source.data-source                  | has a placeholder
        stores.default.rate-limit=${NOBODY_SET_THIS}   | stores.default.rate-limit           | has a placeholder
        stores.default.secret=${yotpo.sync.stores.default.secret} | stores.default.secret    | has a placeholder
        outbox.type=${NOBODY_SET_THIS}                 | outbox.type                         | has a placeholder
        health.oldest-pending=${NOBODY_SET_THIS}       | health.oldest-pending               | has a placeholder
        scan.batch=${NOBODY_SET_THIS:0.5}              | scan.batch                          | is not a whole number
        safety.production-app-keys=${NOBODY_SET_THIS}  | safety.production-app-keys          | has a placeholder
        safety.production-app-keys=a,${NOBODY_SET_THIS} | safety.production-app-keys         | has a placeholder
        safety.production-profiles=${NOBODY_SET_THIS}  | safety.production-profiles          | has a placeholder
        safety.only-customers[0]=${NOBODY_SET_THIS}    | safety.only-customers               | has a placeholder
        safety.production-app-keys=                    | safety.production-app-keys          | is set, but empty
        safety.production-app-keys=app-8;app-9         | safety.production-app-keys          | no app key can be
        safety.production-app-keys=*                   | safety.production-app-keys          | no app key can be
        safety.production-profiles=                    | safety.production-profiles          | is set, but empty
        safety.only-email-domains=                     | safety.only-email-domains           | is set, but empty
        safety.only-email-domains=${NOBODY_SET_THIS:}  | safety.only-email-domains           | is set, but empty
        safety.only-email-domains=@                    | safety.only-email-domains           | is set, but empty
        safety.only-customers=${NOBODY_SET_THIS: }     | safety.only-customers               | is set, but empty
        safety.only-customers[0]=                      | safety.only-customers               | is set, but empty
        safety.only-customers[1]=4711                  | safety.only-customers               | is no whole list
        safety.only-email-domains=example.com,a@example.com | safety.only-email-domains      | has an @ inside
        defaults.identifier.external-id=password       | defaults.identifier.external-id     | which is never read
        stores.default.consent=                        | stores.default.consent              | is no single value
        stores.default.consent.sms=customerPayments    | stores.default.consent.sms          | which is never read
        stores.default.settle=61m                      | stores.default.settle               | is longer than an hour
        defaults.lease=2h                              | defaults.lease                      | is longer than an hour
        scan.batch=99999999999                         | scan.batch                          | is out of range
        scan.batch=0.5                                 | scan.batch                          | is not a whole number
        defaults.rate-limit=-1                         | defaults.rate-limit                 | must be 0 to 10000
        outbox.jdbc.schema=a b                         | outbox.jdbc.schema                  | cannot be used: 'a b'
        outbox.jdbc.table-prefix=a-b                   | outbox.jdbc.table-prefix            | cannot be used: 'a-b'
        recent.max-size=-1                             | recent.max-size                     | must not be negative
        recent.ttl=0s                                  | recent.ttl                          | must be longer than nothing
        outbox.max-rows=0                              | outbox.max-rows                     | must be at least 1
        outbox.max-waiting=-5                          | outbox.max-waiting                  | must be at least 1
        alerts.parked-above=-1                         | alerts.parked-above                 | must be at least 0
        audit.keep=-1d                                 | audit.keep                          | must not be negative
        health.oldest-pending=-1h                      | health.oldest-pending               | must not be negative
        stores.default.mapping-version=1234567890123456789012345678901234567890123456789012345678901234567890 | stores.default.mapping-version | must be 1 to 64
        read-back.sample=-1                            | read-back.sample                    | must be 1 to 100
        deletes.grace=-1s                              | deletes.grace                       | must not be negative
        system-properties.interval=99ms                | system-properties.interval          | is shorter than 100ms
        shutdown.drain-timeout=-1s                     | shutdown.drain-timeout              | must not be negative
        """)
    void endsTheStartWithThePropertysName(String property, String name, String problem) {
        Hosts.withOneStore().withPropertyValues("yotpo.sync." + property).run(context -> {
            FailureAnalysis analysis = analyze(context.getStartupFailure());
            assertThat(analysis.getDescription())
                    .contains("'yotpo.sync." + name + "'")
                    .contains(problem);
            assertThat(analysis.getAction()).contains("yotpo.sync.enabled=false");
        });
    }

    static List<String> numbersAndDurations() {
        return ConfigurationTables.properties().stream()
                .filter(property -> MEASURES.contains(property.type()))
                .map(property -> property.name().replace(".defaults.", ".stores.default."))
                .toList();
    }

    @Test
    void thatNothingIsDoneAtAllHasToBeSaidInSoManyWords() {
        Hosts.withOneStore()
                .withPropertyValues("yotpo.sync.enabled=${NOBODY_SET_THIS}")
                .run(context -> assertThat(analyze(context.getStartupFailure()).getDescription())
                        .isEqualTo("The property 'yotpo.sync.enabled' has a placeholder that nothing resolves."));
    }

    /** In a host that neither scans nor has a database, and so has no use for most of them. */
    @ParameterizedTest
    @MethodSource("numbersAndDurations")
    void nothingThatIsMeasuredCanBeLessThanNothing(String property) {
        Hosts.withOneStore()
                .withPropertyValues(property + "=-1")
                .run(context -> assertThat(analyze(context.getStartupFailure()).getDescription())
                        .startsWith("The property '" + property + "' ")
                        .doesNotContain("is not a"));
    }

    @Test
    void nothingIsAllowedWhereItMeansSomething() {
        Hosts.withOneStore()
                .withPropertyValues(
                        "yotpo.sync.audit.keep=0",
                        "yotpo.sync.read-back.every=0",
                        "yotpo.sync.recent.max-size=0",
                        "yotpo.sync.stores.default.rate-limit=0",
                        "yotpo.sync.stores.default.settle=0")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void aValueThatCannotBeReadIsNotRepeated() {
        Hosts.withOneStore()
                .withPropertyValues("yotpo.sync.stores.default.settle=secret-1")
                .run(context -> assertThat(analyze(context.getStartupFailure()).getDescription())
                        .isEqualTo("The property 'yotpo.sync.stores.default.settle' is not a duration."));
    }

    @Test
    void whichOfSeveralPlacesSaysSoIsTold() {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("file", Map.of(SETTLE, "1s")));
        environment
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource(
                        "the-systemEnvironment", Map.of("YOTPO_SYNC_STORES_DEFAULT_SETTLE", "secret-1")));

        FailureAnalysis analysis = new InvalidSettingFailureAnalyzer(environment)
                .analyze(new InvalidSettingException(SETTLE, "is not a duration", "Give one."));

        assertThat(Objects.requireNonNull(analysis).getDescription())
                .startsWith("The property '" + SETTLE + "' is not a duration. Origin: ")
                .contains("YOTPO_SYNC_STORES_DEFAULT_SETTLE")
                .doesNotContain("secret-1");
    }

    @Test
    void ofTwoMistakesTheOneThatIsNamedIsNamedWhereItStands() {
        Hosts.withOneStore()
                .withPropertyValues("yotpo.sync.stores.default.rate-limit=-1", "yotpo.sync.defaults.lease=2h")
                .run(context -> assertThat(analyze(context.getStartupFailure()).getDescription())
                        .startsWith("The property 'yotpo.sync.stores.default.rate-limit' "));
    }

    @Test
    void twoStoresWithOneAppKeyAreRefusedByName() {
        twoStoresWithOneAppKey()
                .run(context -> assertThat(analyze(context.getStartupFailure()).getDescription())
                        .containsPattern(
                                "'yotpo\\.sync\\.stores\\.(default|eu)\\.app-key' is the same as that of store"));
    }

    @Test
    void unlessBothSayThatItIsShared() {
        twoStoresWithOneAppKey()
                .withPropertyValues("yotpo.sync.defaults.shared-app-key=true")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void anAppKeyForAllIsRefusedForTwoStores() {
        Hosts.plugin()
                .withPropertyValues(
                        "yotpo.sync.defaults.app-key=app-1",
                        "yotpo.sync.stores.us.secret=secret-1",
                        "yotpo.sync.stores.eu.secret=secret-2")
                .run(context -> assertThat(analyze(context.getStartupFailure()).getDescription())
                        .containsPattern("'yotpo\\.sync\\.stores\\.(us|eu)\\.app-key' is the same as that of store"));
    }

    private static ApplicationContextRunner twoStoresWithOneAppKey() {
        return Hosts.withOneStore()
                .withPropertyValues("yotpo.sync.stores.eu.app-key=app-1", "yotpo.sync.stores.eu.secret=secret-2");
    }

    private static FailureAnalysis analyze(Throwable failure) {
        assertThat(failure).as("start-up failure").isNotNull();
        FailureAnalysis analysis = new InvalidSettingFailureAnalyzer(new StandardEnvironment()).analyze(failure);
        assertThat(analysis).isNotNull();
        return analysis;
    }
}
