package io.yotposync.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.yotposync.client.Outcome.Accepted;
import io.yotposync.client.Outcome.Refused;
import io.yotposync.payload.CustomerProperty;
import org.jspecify.annotations.Nullable;

/**
 * A refused customer without the one optional field that the refusal names: better all but one field in Yotpo than
 * nothing. Identifiers are never left out: without them it would be another customer.
 *
 * @param body what to send instead, personal data
 * @param left what was left out
 */
record Salvage(String body, String left, Refused first) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String COUNTRY = FieldNames.ADDRESS + ".country_code";
    private static final String PHONE = "phone_number";

    /** {@code null} where there is nothing to be gained by a second request. */
    static @Nullable Salvage of(Refused refused, String body) {
        String field = refused.field();
        int status = refused.failure().status();
        if (field == null || (status != 400 && status != 422)) {
            return null;
        }
        try {
            JsonNode root = JSON.readTree(body);
            String left = root.path("customer") instanceof ObjectNode customer ? leaveOut(customer, field) : null;
            return left == null ? null : new Salvage(root.toString(), left, refused);
        } catch (JsonProcessingException notOurs) {
            return null;
        }
    }

    private static @Nullable String leaveOut(ObjectNode customer, String named) {
        // A bare "phone_number" may mean that of the address.
        String field = named.equals(PHONE) && !customer.has(PHONE) ? FieldNames.ADDRESS + "." + PHONE : named;
        CustomerProperty property = CustomerProperty.byName(field);
        if (property != null && property.identifies()) {
            return null;
        }
        if (field.equals(COUNTRY)) {
            // Without its country Yotpo would take the address for one in the US.
            return customer.remove(FieldNames.ADDRESS) == null ? null : FieldNames.ADDRESS;
        }
        if (field.startsWith(FieldNames.ADDRESS + ".")) {
            String part = field.substring(FieldNames.ADDRESS.length() + 1);
            boolean removed =
                    customer.path(FieldNames.ADDRESS) instanceof ObjectNode address && address.remove(part) != null;
            return removed ? field : null;
        }
        return customer.remove(field) == null ? null : field;
    }

    /** What it comes to: if it is refused still, the first reason is the one to tell. */
    Outcome judge(Outcome second) {
        if (second instanceof Accepted accepted) {
            return new Accepted(
                    accepted.status(),
                    "without " + left + ": " + first.failure().reason(),
                    body);
        }
        return second instanceof Refused ? first : second;
    }

    @Override
    public String toString() {
        return "Salvage[without " + left + "]";
    }
}
