package io.yotposync.client;

import org.jspecify.annotations.Nullable;

/**
 * The answer to a token call: a token, or else why there is none.
 *
 * @param token never logged
 * @param failure what the customer's request comes to without a token
 */
record TokenReply(@Nullable String token, @Nullable Outcome failure) {

    static TokenReply of(String token) {
        return new TokenReply(token, null);
    }

    static TokenReply failed(Outcome why) {
        return new TokenReply(null, why);
    }

    @Override
    public String toString() {
        return "TokenReply[" + (token == null ? failure : "PRESENT") + "]";
    }
}
