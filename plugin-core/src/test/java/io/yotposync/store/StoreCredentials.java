package io.yotposync.store;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The settings' credentials until they are replaced at run time; on this node alone. Thread-safe. */
public final class StoreCredentials implements CredentialsSource {

    private final Map<StoreKey, Credentials> replaced = new ConcurrentHashMap<>();
    private final Set<StoreKey> lost = ConcurrentHashMap.newKeySet();

    /** Takes effect with the next send, about a second later at most. */
    public void replace(StoreKey store, Credentials credentials) {
        replaced.put(store, credentials);
        lost.remove(store);
    }

    /** Fails from now on, until {@link #replace} says others. */
    public void lose(StoreKey store) {
        lost.add(store);
    }

    @Override
    public Credentials of(StoreSettings store) {
        if (lost.contains(store.key())) {
            throw new IllegalStateException("the vault is sealed");
        }
        return replaced.getOrDefault(store.key(), store.credentials());
    }
}
