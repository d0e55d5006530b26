package io.yotposync.autoconfigure.properties;

import io.yotposync.store.InvalidSettingException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.core.env.Environment;

/**
 * Looks at the stores' keys as they are written. Boot's binder drops what a name cannot have, and takes two spellings of a
 * name for one: a store would be called otherwise, or not be there.
 */
final class StoreNames {

    private static final String STORES = YotpoSyncProperties.PREFIX + ".stores.";
    private static final int KEY = 3;

    private StoreNames() {}

    /** @throws InvalidSettingException for a key that the binder does not take as it is, or takes for another's */
    static void check(Environment environment) {
        UnknownProperties.namesBySource(environment).forEach(StoreNames::check);
    }

    /** Of two files one may spell a store as it likes: they are put together. */
    private static void check(List<String> ofOneSource) {
        Map<String, String> spelt = new HashMap<>();
        for (String raw : ofOneSource) {
            if (raw.toLowerCase(Locale.ROOT).startsWith(STORES)) {
                refuseUnusable(raw.substring(STORES.length()));
            }
            ConfigurationPropertyName name = ConfigurationPropertyName.adapt(raw, '.');
            if (isAppKey(name) && !raw.contains("[")) { // what stands in brackets is taken by the letter
                refuseTwice(spelt, name.getElement(KEY, Form.ORIGINAL));
            }
        }
    }

    private static void refuseUnusable(String rest) {
        String key = rest.contains(".") ? rest.substring(0, rest.indexOf('.')) : rest;
        if (!key.matches("[A-Za-z0-9_-]*(\\[.*)?")) {
            throw unusable(key);
        }
    }

    static InvalidSettingException unusable(String key) {
        return new InvalidSettingException(
                STORES + key,
                "has a key that cannot be used",
                "Use 1 to 64 letters of a to z, digits, dots, dashes or underscores.");
    }

    private static boolean isAppKey(ConfigurationPropertyName name) {
        return name.getNumberOfElements() == KEY + 2
                && List.of("yotpo", "sync", "stores", "appkey")
                        .equals(List.of(
                                name.getElement(0, Form.UNIFORM),
                                name.getElement(1, Form.UNIFORM),
                                name.getElement(2, Form.UNIFORM),
                                name.getElement(KEY + 1, Form.UNIFORM)));
    }

    private static void refuseTwice(Map<String, String> spelt, String key) {
        String other = spelt.putIfAbsent(StoreAssembly.uniform(key), key);
        if (other != null && !other.equals(key)) {
            throw new InvalidSettingException(
                    STORES + key,
                    "has the key of the store '" + other + "': capitals, dashes and underscores make no difference",
                    "Give one of them another key, or spell it as the other if it is the same store.");
        }
    }
}
