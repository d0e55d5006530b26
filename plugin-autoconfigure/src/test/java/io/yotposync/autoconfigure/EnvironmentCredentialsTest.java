package io.yotposync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.yotposync.store.Credentials;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreSettings;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class EnvironmentCredentialsTest {

    private static final String SECRET = "yotpo.sync.stores.default.secret";
    private static final StoreSettings STORE = StoreSettings.of(StoreKey.DEFAULT, new Credentials("app-1", "old"));

    private final Map<String, Object> properties = new HashMap<>(Map.of(SECRET, "old"));
    private final StandardEnvironment environment = new StandardEnvironment();
    private final Clock clock = mock(Clock.class);
    private final EnvironmentCredentials credentials = new EnvironmentCredentials(environment, clock);

    @BeforeEach
    void start() {
        environment.getPropertySources().addFirst(new MapPropertySource("refreshable", properties));
        at(0);
    }

    @Test
    void aChangedSecretIsUsedASecondLaterAtMost() {
        assertThat(credentials.of(STORE).secret()).isEqualTo("old");

        properties.put(SECRET, "new");

        assertThat(credentials.of(STORE).secret()).isEqualTo("old");
        at(1);
        assertThat(credentials.of(STORE)).isEqualTo(new Credentials("app-1", "new"));
    }

    @Test
    void aSecretThatWentMissingStaysInUse() {
        properties.put(SECRET, "new");
        assertThat(credentials.of(STORE).secret()).isEqualTo("new");

        properties.remove(SECRET);
        at(5);

        assertThat(credentials.of(STORE).secret()).isEqualTo("new");
    }

    @Test
    void aSecretThatCannotBeReadAnyMoreStaysInUse() {
        properties.put(SECRET, "${nobody-knows}");

        assertThat(credentials.of(STORE).secret()).isEqualTo("old");
    }

    @Test
    void aSecretThatCannotBeOneLeavesTheLastInUse() {
        properties.put(SECRET, "broken\nin two");

        assertThat(credentials.of(STORE).secret()).isEqualTo("old");
    }

    @Test
    void aClockPutBackDoesNotHideAChangedSecret() {
        at(3600);
        assertThat(credentials.of(STORE).secret()).isEqualTo("old");

        properties.put(SECRET, "new");
        at(0);

        assertThat(credentials.of(STORE).secret()).isEqualTo("new");
    }

    @Test
    void aSecretOfAllStoresOrOfAKeyInBracketsIsUsedToo() {
        StoreSettings dotted = StoreSettings.of(new StoreKey("eu.shop"), new Credentials("app-2", "old"));
        properties.put("yotpo.sync.defaults.secret", "common");
        assertThat(credentials.of(dotted).secret()).isEqualTo("common");

        properties.put("yotpo.sync.stores[eu.shop].secret", "own");
        at(5);

        assertThat(credentials.of(dotted).secret()).isEqualTo("own");
        properties.put("yotpo.sync.stores[eu.shop].secret", "${nobody-knows}");
        at(10);
        assertThat(credentials.of(dotted).secret()).as("not that of all").isEqualTo("own");
    }

    @ParameterizedTest
    @ValueSource(strings = {"EU-Shop", "eu_shop", "euShop", "eu-shop", "eu.shop"})
    void whatHasTheLastWordIsUsedHoweverItSpellsTheStore(String key) {
        properties.put("yotpo.sync.stores." + (key.contains(".") ? "[" + key + "]" : key) + ".secret", "below");
        environment
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource(
                        "the-systemEnvironment", Map.of("YOTPO_SYNC_STORES_EUSHOP_SECRET", "own")));
        ConfigurationPropertySources.attach(environment);

        assertThat(credentials
                        .of(StoreSettings.of(new StoreKey(key), new Credentials("app-2", "own")))
                        .secret())
                .isEqualTo("own");
    }

    @Test
    void aStoreWithAlmostTheSameKeyKeepsItsSecretToItself() {
        properties.put("yotpo.sync.stores[eu.shop].secret", "old");
        properties.put("yotpo.sync.stores.eushop.secret", "another store's");
        ConfigurationPropertySources.attach(environment);

        assertThat(credentials
                        .of(StoreSettings.of(new StoreKey("eu.shop"), new Credentials("app-2", "old")))
                        .secret())
                .isEqualTo("old");
    }

    private void at(long seconds) {
        when(clock.instant()).thenReturn(Instant.ofEpochSecond(seconds));
    }
}
