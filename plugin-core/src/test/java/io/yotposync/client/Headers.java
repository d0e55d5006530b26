package io.yotposync.client;

import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Answers to test with. */
final class Headers {

    private Headers() {}

    static HttpHeaders of(String... namesAndValues) {
        Map<String, List<String>> map = new TreeMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put(namesAndValues[i], List.of(namesAndValues[i + 1]));
        }
        return HttpHeaders.of(map, (name, value) -> true);
    }

    static HttpReply reply(int status, String body, String... headers) {
        return new HttpReply(status, of(headers), body);
    }
}
