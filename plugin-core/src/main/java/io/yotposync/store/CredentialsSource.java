package io.yotposync.store;

/**
 * Says which credentials a store has now. Asked before each send, so that a secret can be changed without a restart:
 * what waits goes out with the new one, and a store held for the old one is tried at once.
 *
 * <p>Called on the plugin's own threads, never on one that saves a customer. Thread-safe; returns at once, without I/O:
 * look elsewhere for a secret and answer the last one known. If it throws, the store is tried again a second later.
 */
@FunctionalInterface
public interface CredentialsSource {

    /**
     * @param store as configured, with the credentials that it was configured with; its secret keys what is kept of each
     *     field, and may be a text of the shop's own that stays as it is
     * @return with the same app key: another would be another Yotpo store, which knows none of the customers
     */
    Credentials of(StoreSettings store);

    /** Those of the settings, for ever. */
    static CredentialsSource configured() {
        return StoreSettings::credentials;
    }
}
