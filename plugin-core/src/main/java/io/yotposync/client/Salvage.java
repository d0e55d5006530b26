package io.yotposync.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.yotposync.client.Outcome.Accepted;
import io.yotposync.client.Outcome.Refused;
import io.yotposync.payload.AddressProperty;
import io.yotposync.payload.Bodies;
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

    private static final String COUNTRY = Bodies.ADDRESS + "." + AddressProperty.COUNTRY_CODE.wireName();
    private static final String PHONE = AddressProperty.PHONE_NUMBER.wireName();

    /** {@code null} where there is nothing to be gained by a second request. */
    static @Nullable Salvage of(Refused refused, String body) {
        String field = refused.field();
        int status = refused.failure().status();
        if (field == null || (status != 400 && status != 422)) {
            return null;
        }
        JsonNode sent = Bodies.customer(body);
        String left = sent instanceof ObjectNode customer ? leaveOut(customer, field) : null;
        return left == null ? null : new Salvage(Bodies.of(sent), left, refused);
    }

    private static @Nullable String leaveOut(ObjectNode customer, String named) {
        // A bare "phone_number" may mean that of the address.
        String field = named.equals(PHONE) && !customer.has(PHONE) ? Bodies.ADDRESS + "." + PHONE : named;
        CustomerProperty property = CustomerProperty.byName(field);
        if (property != null && property.identifies()) {
            return null;
        }
        if (field.equals(COUNTRY)) {
            // Without its country Yotpo would take the address for one in the US.
            return customer.remove(Bodies.ADDRESS) == null ? null : Bodies.ADDRESS;
        }
        if (field.startsWith(Bodies.ADDRESS + ".")) {
            String part = field.substring(Bodies.ADDRESS.length() + 1);
            boolean removed =
                    customer.path(Bodies.ADDRESS) instanceof ObjectNode address && address.remove(part) != null;
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
