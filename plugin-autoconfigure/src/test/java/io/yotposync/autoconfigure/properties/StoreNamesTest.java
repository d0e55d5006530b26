package io.yotposync.autoconfigure.properties;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.yotposync.store.InvalidSettingException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class StoreNamesTest {

    private final StandardEnvironment environment = new StandardEnvironment();

    private void source(String name, Map<String, Object> properties) {
        environment.getPropertySources().addFirst(new MapPropertySource(name, properties));
    }

    @Test
    void aFileThatOverridesAnotherMaySpellTheStoreAsItLikes() {
        source("base", Map.of("yotpo.sync.stores.eu-shop.app-key", "a"));
        source("above", Map.of("yotpo.sync.stores.EUSHOP.app-key", "b"));

        assertThatCode(() -> StoreNames.check(environment)).doesNotThrowAnyException();
    }

    @Test
    void twoStoresOfOneFileThatAreOneToTheBinderAreRefused() {
        source("base", Map.of("yotpo.sync.stores.EU.app-key", "a", "yotpo.sync.stores.eu.app-key", "b"));

        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> StoreNames.check(environment))
                .withMessageContaining("has the key of the store");
    }
}
