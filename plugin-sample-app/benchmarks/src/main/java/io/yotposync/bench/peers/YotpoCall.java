package io.yotposync.bench.peers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.broadleafcommerce.profile.core.domain.Address;
import org.broadleafcommerce.profile.core.domain.Customer;
import org.broadleafcommerce.profile.core.domain.CustomerAddress;
import org.broadleafcommerce.profile.core.domain.Phone;

/** The call to Yotpo that every peer makes, with a token that it got before. */
public final class YotpoCall {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(5))
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final URI customers;

    YotpoCall(URI yotpo) {
        customers = yotpo.resolve("/core/v3/stores/store-0/customers");
    }

    /** @throws IllegalStateException if Yotpo did not take it */
    public void send(String body) {
        HttpRequest request = HttpRequest.newBuilder(customers)
                .timeout(Duration.ofSeconds(10))
                .header("Content-Type", "application/json")
                .header("X-Yotpo-Token", "token")
                .method("PATCH", BodyPublishers.ofString(body))
                .build();
        try {
            int status = http.send(request, BodyHandlers.ofString()).statusCode();
            if (status / 100 != 2) {
                throw new IllegalStateException("Yotpo answered " + status);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The customer as Jackson writes it. */
    public static String body(Customer customer) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("external_id", String.valueOf(customer.getId()));
        fields.put("email", customer.getEmailAddress());
        fields.put("first_name", customer.getFirstName());
        fields.put("last_name", customer.getLastName());
        fields.put("accepts_email_marketing", customer.isReceiveEmail());
        List<CustomerAddress> addresses = customer.getCustomerAddresses();
        if (!addresses.isEmpty()) {
            fields.put("address", address(addresses.get(0).getAddress()));
        }
        try {
            return JSON.writeValueAsString(Map.of("customer", fields));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Object> address(Address address) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("address1", address.getAddressLine1());
        fields.put("city", address.getCity());
        fields.put("zip", address.getPostalCode());
        fields.put("country_code", address.getCountry().getAbbreviation());
        Phone phone = address.getPhonePrimary();
        if (phone != null) {
            fields.put("phone_number", phone.getPhoneNumber());
        }
        return fields;
    }
}
