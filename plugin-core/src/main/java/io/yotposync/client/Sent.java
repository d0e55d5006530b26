package io.yotposync.client;

/**
 * What a request carried and an error message may echo.
 *
 * @param body JSON, personal data
 * @param token empty if there was none
 */
record Sent(String body, String token) {

    @Override
    public String toString() {
        return "Sent[]";
    }
}
