package io.yotposync.store;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The settings' credentials until they are replaced at run time; on this node alone. Thread-safe. */
public final class StoreCredentials implements CredentialsSource {

    private final Map<StoreKey, Credentials> replaced = new ConcurrentHashMap<>();

    /** Takes effect with the next send, about a second later at most. */
    public void replace(StoreKey store, Credentials credentials) {
        replaced.put(store, credentials);
    }

    @Override
    public Credentials of(StoreSettings store) {
        return replaced.getOrDefault(store.key(), store.credentials());
    }
}
