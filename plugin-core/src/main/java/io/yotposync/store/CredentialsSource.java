package io.yotposync.store;

/**
 * Says which credentials a store has now. Asked before each send, so that a secret can be changed without a restart:
 * what waits goes out with the new one, and a store held for the old one is tried at once.
 *
 * <p>Thread-safe; returns at once, without I/O. If it throws, the store is tried again a second later.
 */
@FunctionalInterface
public interface CredentialsSource {

    Credentials of(StoreSettings store);

    /** Those of the settings, for ever. */
    static CredentialsSource configured() {
        return StoreSettings::credentials;
    }
}
