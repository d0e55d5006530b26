package io.yotposync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.mockito.Mockito.mock;

import io.yotposync.CustomerSync;
import io.yotposync.autoconfigure.properties.SyncSettings;
import io.yotposync.autoconfigure.properties.YotpoSyncProperties;
import io.yotposync.customer.Consent;
import io.yotposync.customer.CustomerSaved;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.dispatch.Dispatcher;
import io.yotposync.outbox.Origin;
import io.yotposync.outbox.Outbox;
import io.yotposync.prepare.Preparation;
import io.yotposync.prepare.Prepared;
import io.yotposync.recent.RecentSettings;
import io.yotposync.source.CustomerSource;
import io.yotposync.store.Credentials;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.IdentifierSettings.Preference;
import io.yotposync.store.SendingSettings;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreSettings;
import io.yotposync.store.StoreStates;
import io.yotposync.store.StoreSwitch;
import io.yotposync.store.Stores;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.SystemEnvironmentPropertySource;

@ExtendWith(OutputCaptureExtension.class)
class YotpoSyncAutoConfigurationTest {

    private static final StoreKey DEFAULT = StoreKey.DEFAULT;

    @Test
    void oneDependencyAndThreePropertiesAreEnough(CapturedOutput log) {
        Hosts.withOneStore().run(context -> {
            assertThat(context).hasNotFailed().hasSingleBean(CustomerSync.class);
            assertThat(log).containsOnlyOnce("Yotpo sync is active for store default");
            assertThat(log).contains("memory, what is waiting is lost when this process ends");
        });
    }

    @Test
    void oneLineAtTheStartSaysAllOfIt(CapturedOutput log) {
        Hosts.withOneStore()
                .run(context -> assertThat(informing(log))
                        .singleElement()
                        .asString()
                        .contains(
                                "active for store default; outbox: ",
                                "; no CustomerSource, so nothing is scanned; node "));
    }

    @Test
    void ofAHostWhoseCustomersCanBeReadTheLineSaysNothingOfScans(CapturedOutput log) {
        Hosts.withOneStore()
                .withBean(CustomerSource.class, () -> mock(CustomerSource.class))
                .run(context -> assertThat(informing(log))
                        .singleElement()
                        .asString()
                        .contains("active for store default; outbox: ")
                        .doesNotContain("scanned"));
    }

    private static List<String> informing(CapturedOutput log) {
        return log.getOut()
                .lines()
                .filter(line -> line.contains("INFO") && line.contains("Yotpo sync"))
                .toList();
    }

    @Test
    void warnsOnceOfEachSettingThatAnotherMakesNothingOf(CapturedOutput log) {
        Hosts.withOneStore()
                .withPropertyValues(
                        "yotpo.sync.defaults.attributes.tier=custom_properties.tier",
                        "yotpo.sync.defaults.identifier.prefer=phone",
                        "yotpo.sync.backfill.on-start=if-never")
                .run(context -> assertThat(context).hasNotFailed());

        assertThat(log)
                .containsOnlyOnce("attributes.tier of store default does nothing without custom-properties=true")
                .containsOnlyOnce("identifier.prefer=phone of store default does nothing without"
                        + " identifier.phone-number=true")
                .containsOnlyOnce("yotpo.sync.backfill.on-start=if-never does nothing, for there is no CustomerSource");
    }

    @Test
    void warnsOfNoneOfThemWhereBothAreSet(CapturedOutput log) {
        Hosts.withOneStore()
                .withPropertyValues(
                        "yotpo.sync.defaults.attributes.tier=custom_properties.tier",
                        "yotpo.sync.defaults.custom-properties=true",
                        "yotpo.sync.defaults.identifier.prefer=phone",
                        "yotpo.sync.defaults.identifier.phone-number=true")
                .run(context -> assertThat(context).hasNotFailed());

        assertThat(log).doesNotContain("does nothing");
    }

    @Test
    void withoutAStoreItSaysWhatToSetAndHurtsNobody(CapturedOutput log) {
        Hosts.plugin().run(context -> {
            assertThat(context).hasNotFailed();
            context.getBean(CustomerSync.class).accept(CustomerSnapshot.of("1").build());
            assertThat(log).containsOnlyOnce("Yotpo sync is inactive: no store is configured");
        });
    }

    @Test
    void switchedOffItSaysSo(CapturedOutput log) {
        Hosts.withOneStore().withPropertyValues("yotpo.sync.enabled=false").run(context -> {
            assertThat(context).hasNotFailed().doesNotHaveBean(CustomerSync.class);
            assertThat(log).containsOnlyOnce("Yotpo sync is inactive: yotpo.sync.enabled is false");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"off", "no", "0", "FALSE", "false "})
    void offIsOffInWhateverWord(String off, CapturedOutput log) {
        Hosts.withOneStore().withPropertyValues("yotpo.sync.enabled=" + off).run(context -> {
            assertThat(context).hasNotFailed().doesNotHaveBean(CustomerSync.class);
            assertThat(log).contains("Yotpo sync is inactive: yotpo.sync.enabled is false");
        });
    }

    @Test
    void aWordThatIsNoneForOnOrOffEndsTheStart() {
        Hosts.withOneStore()
                .withPropertyValues("yotpo.sync.enabled=n")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("yotpo.sync.enabled is not true or false"));
    }

    @Test
    void aShopMayHaveBeansForYotpoOfItsOwn() {
        Hosts.withOneStore()
                .withBean("yotpoClient", String.class, () -> "reviews")
                .withBean("yotpoStores", String.class, () -> "reviews")
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(CustomerSync.class));
    }

    @Test
    void anOutboxOfTheHostsOwnNeedsNothingBesideIt() {
        Hosts.withOneStore()
                .withBean(Outbox.class, () -> Outbox.inMemory(10))
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(StoreStates.class));
    }

    @Test
    void whatAnEnvironmentVariableSaysOfAStoreIsOfTheOneThatItCannotSpell() {
        Hosts.plugin()
                .withPropertyValues("yotpo.sync.stores.eu-shop.app-key=app-1", "yotpo.sync.stores.eu-shop.secret=old")
                .withInitializer(context -> context.getEnvironment()
                        .getPropertySources()
                        .addFirst(new SystemEnvironmentPropertySource(
                                "test-systemEnvironment",
                                Map.of(
                                        "YOTPO_SYNC_STORES_EUSHOP_SECRET",
                                        "new",
                                        "YOTPO_SYNC_STORES_EUSHOP_ENABLED",
                                        "false"))))
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBean(Stores.class).all()).hasSize(1);
                    StoreSettings store = context.getBean(Stores.class).get(new StoreKey("eu-shop"));
                    assertThat(store.credentials()).isEqualTo(new Credentials("app-1", "new"));
                    assertThat(store.enabled()).isFalse();
                });
    }

    @Test
    void startsItsLanesThoughTheHostIsLazy(CapturedOutput log) {
        Hosts.withOneStore()
                .withInitializer(
                        host -> host.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
                .run(context -> {
                    assertThat(context.getBean(SyncLifecycle.class).isRunning()).isTrue();
                    assertThat(log).contains("Yotpo sync is active");
                });
    }

    @Test
    void needsNeitherBroadleafNorSpringsTransactions() {
        Hosts.withOneStore()
                .withClassLoader(new FilteredClassLoader("org.broadleafcommerce", "org.springframework.transaction"))
                .run(context -> {
                    assertThat(context).hasNotFailed().doesNotHaveBean("yotpoSyncCustomerPersistedListener");
                    assertThat(context).hasBean("yotpoSyncCustomerSavedListener");
                });
    }

    @Test
    void listensToBroadleafWhereItIs() {
        Hosts.withOneStore().run(context -> assertThat(context).hasBean("yotpoSyncCustomerPersistedListener"));
    }

    @Test
    void theApplicationEventIsTheWayInForOtherShops() {
        Hosts.withOneStore().run(context -> {
            context.publishEvent(new CustomerSaved(
                    CustomerSnapshot.of("42").email("a@example.com").build()));

            assertThat(context.getBean(Outbox.class).find(new CustomerKey(DEFAULT, "42")))
                    .isPresent();
        });
    }

    @Test
    void settingsOfTheDefaultsHoldUnlessTheStoreSaysOtherwise() {
        Hosts.withOneStore()
                .withPropertyValues(
                        "yotpo.sync.stores.eu.app-key=app-2",
                        "yotpo.sync.stores.eu.secret=secret-2",
                        "yotpo.sync.stores.eu.site=eu-shop",
                        "yotpo.sync.stores.eu.default-currency=EUR",
                        "yotpo.sync.stores.eu.rate-limit=2",
                        "yotpo.sync.stores.eu.enabled=false",
                        "yotpo.sync.stores.eu.attributes.source=",
                        "yotpo.sync.defaults.attributes.source=gender",
                        "yotpo.sync.defaults.rate-limit=3",
                        "yotpo.sync.defaults.identifier.prefer=phone",
                        "yotpo.sync.defaults.identifier.external-id=externalId",
                        "yotpo.sync.defaults.attributes.loyaltyTier=tags")
                .run(context -> {
                    Stores stores = context.getBean(Stores.class);
                    StoreSettings own = stores.get(DEFAULT);
                    StoreSettings eu = stores.get(new StoreKey("eu"));
                    assertThat(own.sending().rateLimit()).isEqualTo(3);
                    assertThat(own.site()).isEqualTo("default");
                    assertThat(eu.sending().rateLimit()).isEqualTo(2);
                    assertThat(eu.site()).isEqualTo("eu-shop");
                    assertThat(eu.enabled()).isFalse();
                    assertThat(eu.mapping().defaultCurrency()).isEqualTo("EUR");
                    assertThat(own.mapping().defaultCurrency()).isNull();
                    assertThat(eu.mapping().attributes()).containsOnly(entry("loyaltyTier", "tags"));
                    assertThat(own.mapping().attributes()).containsKeys("loyaltyTier", "source");
                    assertThat(eu.identifier().prefer()).isEqualTo(Preference.PHONE);
                    assertThat(stores.paths()).containsExactly("externalId");
                });
    }

    @Test
    void whatStoresShareOfTheirAccountAndSitesIsSetOnce() {
        Hosts.plugin()
                .withPropertyValues(
                        "yotpo.sync.defaults.secret=secret-1",
                        "yotpo.sync.defaults.site=*",
                        "yotpo.sync.stores.us.app-key=app-1",
                        "yotpo.sync.stores.eu.app-key=app-2",
                        "yotpo.sync.stores.eu.site=eu-shop")
                .run(context -> {
                    Stores stores = context.getBean(Stores.class);
                    StoreSettings us = stores.get(new StoreKey("us"));
                    StoreSettings eu = stores.get(new StoreKey("eu"));
                    assertThat(us.credentials()).isEqualTo(new Credentials("app-1", "secret-1"));
                    assertThat(eu.credentials()).isEqualTo(new Credentials("app-2", "secret-1"));
                    assertThat(us.site()).isEqualTo(StoreSettings.EVERY_SITE);
                    assertThat(eu.site()).isEqualTo("eu-shop");
                });
    }

    @Test
    void whatIsNotSetIsAsTheCoreSays() {
        Hosts.plugin()
                .withPropertyValues(
                        "yotpo.sync.stores.default.app-key=app-1", "yotpo.sync.stores.default.secret=secret-1")
                .run(context -> {
                    StoreSettings store = context.getBean(Stores.class).get(DEFAULT);
                    assertThat(store).isEqualTo(StoreSettings.of(DEFAULT, store.credentials()));
                    assertThat(store.sending()).isEqualTo(SendingSettings.DEFAULTS);
                    assertThat(context.getBean(SyncSettings.class).recent()).isEqualTo(RecentSettings.DEFAULTS);
                    assertThat(context.getBean(SyncSettings.class).drain()).isEqualTo(Duration.ofSeconds(10));
                });
    }

    @Test
    void anEmptyExternalIdIdentifiesByContactAlone() {
        Hosts.withOneStore()
                .withPropertyValues("yotpo.sync.stores.default.identifier.external-id=")
                .run(context -> assertThat(context.getBean(Stores.class)
                                .get(DEFAULT)
                                .identifier()
                                .externalId())
                        .isNull());
    }

    @Test
    void anEmptyConsentIsToldToNobody() {
        Hosts.withOneStore()
                .withPropertyValues(
                        "yotpo.sync.stores.default.consent.email=", "yotpo.sync.defaults.consent.email=mail")
                .run(context -> {
                    StoreSettings store = context.getBean(Stores.class).get(DEFAULT);
                    CustomerSnapshot asked = CustomerSnapshot.of("7")
                            .emailMarketing(Consent.DENIED)
                            .smsMarketing(Consent.GRANTED)
                            .property("mail", "true")
                            .build();

                    assertThat(context.getBean(Preparation.class).prepare(asked, store, Origin.LIVE))
                            .isInstanceOfSatisfying(
                                    Prepared.Ready.class,
                                    ready -> assertThat(ready.desired().payload())
                                            .contains("accepts_sms_marketing")
                                            .doesNotContain("accepts_email_marketing"));
                });
    }

    @Test
    void aStoreIsSwitchedAtRunTime() {
        Hosts.withOneStore().run(context -> {
            CustomerSync sync = context.getBean(CustomerSync.class);
            context.getBean(StoreSwitch.class).disable(DEFAULT);
            sync.accept(CustomerSnapshot.of("1").build());
            context.getBean(StoreSwitch.class).enable(DEFAULT);
            sync.accept(CustomerSnapshot.of("2").build());

            Outbox outbox = context.getBean(Outbox.class);
            assertThat(outbox.find(new CustomerKey(DEFAULT, "1"))).isEmpty();
            assertThat(outbox.find(new CustomerKey(DEFAULT, "2"))).isPresent();
        });
    }

    @Test
    void deprecatedPropertiesAreWarnedOf(CapturedOutput log) {
        Hosts.withOneStore()
                .withPropertyValues(
                        "yotpo.sync.stores.default.identifier.phone-number=true",
                        "yotpo.sync.defaults.custom-properties=true")
                .run(context -> assertThat(log)
                        .contains("stores.default.identifier.phone-number is on")
                        .contains("stores.default.custom-properties is on"));
    }

    @Test
    void warnsWhereEventsComeWithoutTheirSite(CapturedOutput log) {
        ApplicationContextRunner onAnExecutor =
                Hosts.withOneStore().withBean("blApplicationEventMulticastTaskExecutor", Object.class, Object::new);

        onAnExecutor.run(context -> assertThat(log).doesNotContain("blApplicationEventMulticastTaskExecutor"));
        onAnExecutor
                .withPropertyValues("yotpo.sync.stores.eu.app-key=app-2", "yotpo.sync.stores.eu.secret=secret-2")
                .run(context -> assertThat(log)
                        .contains("events come on the threads of blApplicationEventMulticastTaskExecutor"));
    }

    @Test
    void theHostsOwnBeansTakePrecedence() {
        Hosts.withOneStore()
                .withUserConfiguration(OwnStates.class)
                .run(context -> assertThat(context.getBean(StoreStates.class)).isSameAs(context.getBean("ours")));
    }

    @Test
    void endsItsThreadsWithTheHost() {
        Dispatcher[] dispatcher = new Dispatcher[1];
        SyncRuntime[] runtime = new SyncRuntime[1];
        Hosts.withOneStore().run(context -> {
            dispatcher[0] = context.getBean(Dispatcher.class);
            runtime[0] = context.getBean(SyncRuntime.class);
        });

        assertThat(runtime[0].threads().isShutdown()).isTrue();
    }

    @Test
    void noSecretStandsInWhatCanBePrinted() {
        Hosts.withOneStore()
                .run(context -> assertThat(context.getBean(SyncSettings.class)
                                + " "
                                + context.getBean(Stores.class).all()
                                + YotpoSyncProperties.bind(context.getEnvironment())
                                + YotpoSyncProperties.bind(context.getEnvironment())
                                        .stores())
                        .doesNotContain("secret-1"));
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnStates {

        @Bean
        StoreStates ours() {
            return StoreStates.inMemory();
        }
    }
}
