package io.yotposync.autoconfigure.properties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.yotposync.autoconfigure.Hosts;
import io.yotposync.customer.Consent;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.outbox.Origin;
import io.yotposync.prepare.Preparation;
import io.yotposync.prepare.Prepared;
import io.yotposync.recent.RecentSettings;
import io.yotposync.store.Credentials;
import io.yotposync.store.IdentifierSettings.Preference;
import io.yotposync.store.SendingSettings;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreSettings;
import io.yotposync.store.Stores;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class StoreAssemblyTest {

    private static final StoreKey DEFAULT = StoreKey.DEFAULT;

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
                        "yotpo.sync.defaults.identifier.phone-number=true",
                        "yotpo.sync.stores.eu.identifier.phone-number=false",
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
                    assertThat(own.identifier().phoneNumber()).isTrue();
                    assertThat(eu.identifier().phoneNumber()).isFalse();
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
    void whatAnotherFileSaysOfAStoreIsOfItHoweverItSpellsTheKey() {
        Hosts.plugin()
                .withPropertyValues(
                        "yotpo.sync.stores.eu-shop.app-key=app-1", "yotpo.sync.stores.eu-shop.secret=secret-1")
                .withInitializer(context -> context.getEnvironment()
                        .getPropertySources()
                        .addFirst(new MapPropertySource(
                                "profile",
                                Map.of(
                                        "yotpo.sync.stores.euShop.rate-limit", "2",
                                        "yotpo.sync.stores.eu_shop.site", "eu"))))
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    Stores stores = context.getBean(Stores.class);
                    assertThat(stores.all()).hasSize(1);
                    StoreSettings store = stores.get(new StoreKey("eu-shop"));
                    assertThat(store.sending().rateLimit()).isEqualTo(2);
                    assertThat(store.site()).isEqualTo("eu");
                });
    }

    @Test
    void twoStoresThatAreBothWholeAreTwoHoweverAlikeTheirKeys() {
        Hosts.plugin()
                .withPropertyValues(
                        "yotpo.sync.stores[eu-shop].app-key=app-1",
                        "yotpo.sync.stores[eu-shop].secret=secret-1",
                        "yotpo.sync.stores.eushop.app-key=app-2",
                        "yotpo.sync.stores.eushop.secret=secret-2")
                .run(context -> {
                    Stores stores = context.getBean(Stores.class);
                    assertThat(stores.get(new StoreKey("eu-shop")).credentials())
                            .isEqualTo(new Credentials("app-1", "secret-1"));
                    assertThat(stores.get(new StoreKey("eushop")).credentials())
                            .isEqualTo(new Credentials("app-2", "secret-2"));
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
}
