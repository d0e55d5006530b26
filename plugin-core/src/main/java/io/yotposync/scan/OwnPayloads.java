package io.yotposync.scan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Reads payloads that the plugin itself has written. */
final class OwnPayloads {

    private static final ObjectMapper JSON = new ObjectMapper();

    private OwnPayloads() {}

    static JsonNode read(String payload) {
        try {
            return JSON.readTree(payload);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a payload of ours is not JSON");
        }
    }

    /** The customer's properties, by their wire names. */
    static JsonNode customer(String payload) {
        return read(payload).path("customer");
    }
}
