package io.yotposync.payload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;

/** What is sent to Yotpo as a whole, {@code {"customer":{…}}}, and the names in it that are no property's. */
public final class Bodies {

    public static final String CUSTOMER = "customer";
    public static final String ADDRESS = "address";
    public static final String CUSTOM = "custom_properties";

    private static final ObjectMapper JSON = new ObjectMapper();

    private Bodies() {}

    /** The customer's properties by their wire names; a missing node where the text is no such body. */
    public static JsonNode customer(String body) {
        try {
            return JSON.readTree(body).path(CUSTOMER);
        } catch (JsonProcessingException notJson) {
            return MissingNode.getInstance();
        }
    }

    /** A body with these properties. */
    public static String of(JsonNode customer) {
        return JSON.createObjectNode().set(CUSTOMER, customer).toString();
    }
}
