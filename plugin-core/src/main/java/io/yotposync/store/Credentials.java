package io.yotposync.store;

/**
 * A Yotpo store's account.
 *
 * @param appKey Yotpo's store id, the {@code store_id} of its URLs
 * @param secret the API secret; exchanged for tokens, never logged
 */
public record Credentials(String appKey, String secret) {

    public Credentials {
        if (appKey.isBlank()) {
            throw new IllegalArgumentException("app key is empty");
        }
        if (secret.isBlank()) {
            throw new IllegalArgumentException("secret is empty");
        }
    }

    @Override
    public String toString() {
        return "Credentials[appKey=" + masked(appKey) + ", secret=PRESENT]";
    }

    private static String masked(String key) {
        return key.length() <= 8 ? "***" : key.substring(0, 4) + "***";
    }
}
