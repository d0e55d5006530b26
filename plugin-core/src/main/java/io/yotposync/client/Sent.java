package io.yotposync.client;

/**
 * What a request carried and an error message may echo.
 *
 * @param body JSON, personal data
 * @param token empty if there was none
 * @param secret that the token was given for, which Yotpo knows too
 */
record Sent(String body, String token, String secret) {

    /** Without a token, or where no words of the answer are kept. */
    Sent(String body, String token) {
        this(body, token, "");
    }

    @Override
    public String toString() {
        return "Sent[]";
    }
}
