package io.yotposync.client;

import java.net.http.HttpHeaders;

/** An answer with the first {@value BoundedBody#LIMIT} bytes of its body. */
record HttpReply(int status, HttpHeaders headers, String body) {

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    boolean rejectsToken() {
        return status == 401 || status == 403;
    }

    @Override
    public String toString() {
        return "HttpReply[" + status + "]";
    }
}
