package io.yotposync.conversation;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.yotposync.client.CustomerLookup;
import io.yotposync.client.CustomerLookup.Failed;
import io.yotposync.client.CustomerLookup.Found;
import io.yotposync.client.CustomerLookup.Reply;
import io.yotposync.client.CustomerLookup.Wanted;
import io.yotposync.client.HttpYotpoClient;
import io.yotposync.store.Credentials;
import io.yotposync.store.SendingSettings;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Asking Yotpo for customers: by one identifier, through the same guard as sends, and nothing said about them. */
class LookupIT {

    private static final String CUSTOMERS = "/core/v3/stores/app/customers";

    private final WireMockServer yotpo =
            new WireMockServer(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"));
    private final AtomicInteger guarded = new AtomicInteger();
    private final HttpYotpoClient client = new HttpYotpoClient(
            HttpClient.newHttpClient(),
            (store, request) -> {
                guarded.incrementAndGet();
                return request.get().toCompletableFuture();
            },
            Clock.systemUTC());

    @BeforeEach
    void start() {
        yotpo.start();
        yotpo.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(404)));
        yotpo.stubFor(post(urlPathMatching(".*/access_tokens")).willReturn(okJson("{\"access_token\":\"t\"}")));
        yotpo.stubFor(get(urlPathEqualTo(CUSTOMERS))
                .willReturn(okJson("{\"customers\":[{\"external_id\":null,\"email\":\"a+b@example.com\"}]}")));
    }

    @AfterEach
    void stop() {
        yotpo.stop();
    }

    private Reply find(Wanted wanted) throws Exception {
        SendingSettings d = SendingSettings.DEFAULTS;
        StoreSettings store = StoreSettings.of(StoreKey.DEFAULT, new Credentials("app", "s3cr3t"))
                .withSending(new SendingSettings(
                        URI.create(yotpo.baseUrl()),
                        0,
                        50,
                        d.connectTimeout(),
                        d.requestTimeout(),
                        d.settle(),
                        d.retryDelay(),
                        d.maxRetryDelay(),
                        d.lease()));
        return client.lookup().find(store, wanted).get(30, TimeUnit.SECONDS);
    }

    @Test
    void everyRequestGoesThroughTheGuardThatKeepsTheRate() throws Exception {
        find(Wanted.externalIds(List.of("1", "2")));
        find(Wanted.externalIds(List.of("3")));

        assertThat(guarded).as("a token and two questions").hasValue(3);
        yotpo.verify(getRequestedFor(urlPathEqualTo(CUSTOMERS)).withQueryParam("external_ids", equalTo("1,2")));
    }

    @Test
    void signsInAnIdentifierReachYotpoAsTheyAre() throws Exception {
        assertThat(find(new Wanted("email", List.of("a+b@example.com"))))
                .isInstanceOfSatisfying(
                        Found.class, found -> assertThat(found.customers()).hasSize(1));
        find(new Wanted("phone_number", List.of("+4930901820")));

        yotpo.verify(getRequestedFor(urlPathEqualTo(CUSTOMERS)).withQueryParam("email", equalTo("a+b@example.com")));
        yotpo.verify(getRequestedFor(urlPathEqualTo(CUSTOMERS)).withQueryParam("phone_number", equalTo("+4930901820")));
    }

    @Test
    void asManyCustomersAsCanBeAskedForAreReadWithAllTheirTags() throws Exception {
        String customer = "{\"tags\":\"" + "\u00fc".repeat(5_000) + "\"}";
        String all = String.join(",", Collections.nCopies(CustomerLookup.MAX_IDS, customer));
        yotpo.stubFor(get(urlPathEqualTo(CUSTOMERS)).willReturn(okJson("{\"customers\":[" + all + "]}")));

        assertThat(find(Wanted.externalIds(List.of("1"))))
                .isInstanceOfSatisfying(
                        Found.class, found -> assertThat(found.customers()).hasSize(CustomerLookup.MAX_IDS));
    }

    @Test
    void aRefusalRepeatsNeitherWhoWasAskedForNorWhatYotpoSaysOfThem() throws Exception {
        yotpo.stubFor(get(urlPathEqualTo(CUSTOMERS))
                .willReturn(aResponse().withStatus(400).withBody("{\"errors\":[{\"message\":\"ada is Lovelace\"}]}")));

        assertThat(find(new Wanted("external_id", List.of("ada"))))
                .isInstanceOf(Failed.class)
                .asString()
                .contains("400", "Yotpo refused to look")
                .doesNotContain("ada", "Lovelace");
    }
}
