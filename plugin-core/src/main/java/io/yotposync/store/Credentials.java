package io.yotposync.store;

import java.util.regex.Pattern;

/**
 * A Yotpo store's account.
 *
 * @param appKey Yotpo's store id, the {@code store_id} of its URLs
 * @param secret the API secret; exchanged for tokens, never logged
 */
public record Credentials(String appKey, String secret) {

    /** It becomes a segment of a URL's path. */
    private static final Pattern APP_KEY = Pattern.compile("[A-Za-z0-9._~-]{1,128}");

    /** As Spring Cloud and Jasypt have it in a file. */
    private static final Pattern ENCRYPTED = Pattern.compile("\\{cipher}.*|ENC\\(.*\\)");

    /** @throws InvalidSettingException naming which of the two cannot be right, without quoting it */
    public Credentials {
        if (!isAppKey(appKey)) {
            throw new InvalidSettingException(
                    "app-key",
                    appKey.isBlank() ? "is missing" : "has characters that no app key has",
                    "It is the store id (app key) shown in Yotpo's account settings.");
        }
        if (secret.isBlank() || secret.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidSettingException(
                    "secret",
                    secret.isBlank() ? "is missing" : "has a line break or another control character in it",
                    "It is the API secret shown in Yotpo's account settings.");
        }
        if (ENCRYPTED.matcher(secret).matches()) {
            throw new InvalidSettingException(
                    "secret",
                    "is encrypted, and nothing decrypts it",
                    "Give the host what decrypts its properties, or write the API secret itself.");
        }
    }

    /** Whether a text can be an app key at all. */
    public static boolean isAppKey(String text) {
        return APP_KEY.matcher(text).matches();
    }

    @Override
    public String toString() {
        return "Credentials[appKey=" + masked(appKey) + ", secret=PRESENT]";
    }

    private static String masked(String key) {
        return key.length() <= 8 ? "***" : key.substring(0, 4) + "***";
    }
}
