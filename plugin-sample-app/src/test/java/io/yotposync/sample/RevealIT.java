package io.yotposync.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yotposync.sample.browser.Chromium;
import io.yotposync.sample.browser.Page;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.security.Principal;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Who sees a customer's payload in the clear, in a host that knows its operators, under a servlet context path. */
@SpringBootTest(
        webEnvironment = WebEnvironment.DEFINED_PORT,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:reveal",
            "sample.sandbox.visibility-delay=0s",
            "server.servlet.context-path=/shop",
            "yotpo.sync.defaults.base-url=http://localhost:${server.port}/shop/yotpo",
            "yotpo.sync.console.reveal-authority=privacy"
        })
class RevealIT {

    private static final int PORT = FreePort.find();
    private static final String ENDPOINT = "/shop/actuator/yotposync";
    private static final String PRIVATE = "private@example.com";

    private final SampleClient client = new SampleClient(PORT, "/shop");

    @Autowired
    private AtomicReference<String> roleOfJo;

    @DynamicPropertySource
    static void port(DynamicPropertyRegistry registry) {
        registry.add("server.port", () -> PORT);
    }

    static boolean hasBrowser() {
        return Chromium.installed().isPresent();
    }

    @BeforeEach
    void joMayDoNothing() {
        roleOfJo.set("operator");
    }

    @Test
    void whoLacksTheAuthorityIsRefusedAndWhoHasItIsWrittenDown() {
        String id = client.register("", Forms.full(PRIVATE));
        Map<String, String> wish = Map.of("store", "default", "customer", id, "reason", "a request for access");

        SampleClient.Answer refused = client.send("POST", "/actuator/yotposync/reveal", wish);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.response().body()).contains("lack the authority").doesNotContain(PRIVATE);

        roleOfJo.set("privacy");
        SampleClient.Answer revealed = client.send("POST", "/actuator/yotposync/reveal", wish);
        assertThat(revealed.status()).isEqualTo(200);
        assertThat(revealed.body().at("/preview/payload").asText()).contains(PRIVATE);

        assertThat(client.get("/actuator/yotposync/audit").body().path("audit"))
                .extracting(entry ->
                        entry.path("who").asText() + " " + entry.path("action").asText() + " "
                                + entry.path("customer").asText() + ": "
                                + entry.path("outcome").asText())
                .startsWith("jo reveal " + id + ": shown in the clear", "jo reveal " + id + ": refused");
        assertThat(client.get("/actuator/yotposync/preview/" + id + "?store=default")
                        .response()
                        .body())
                .as("the preview stays masked, also for those")
                .doesNotContain(PRIVATE);
    }

    @Test
    @EnabledIf(value = "hasBrowser", disabledReason = "no chromium on the path; install it to test the console")
    void theConsoleShowsItAfterAskingForAReason() {
        String id = client.register("", Forms.full(PRIVATE));
        roleOfJo.set("privacy");
        try (Chromium chromium = Chromium.start()) {
            Page page = new Page(chromium.tools());
            reveal(page, id);
            await().until(() -> page.text("#audit").contains("shown in the clear"));
            page.click("#hide-default");
            assertThat(page.js("document.body.textContent").asText()).doesNotContain(PRIVATE);
            assertThat(page.js("document.activeElement.id").asText()).isEqualTo("preview-default");
        }
    }

    @Test
    @EnabledIf(value = "hasBrowser", disabledReason = "no chromium on the path; install it to test the console")
    void whoGoesBackToTheConsoleDoesNotSeeIt() {
        String id = client.register("", Forms.full(PRIVATE));
        roleOfJo.set("privacy");
        try (Chromium chromium = Chromium.start()) {
            Page page = new Page(chromium.tools());
            reveal(page, id);

            page.open("http://localhost:" + PORT + "/shop/");
            page.js("history.back(); true");

            await().until(() -> page.js("location.pathname").asText().endsWith("console"));
            assertThat(page.js("document.body.textContent").asText()).doesNotContain(PRIVATE);
        }
    }

    private static void reveal(Page page, String id) {
        page.open("http://localhost:" + PORT + ENDPOINT + "console");
        page.fill("#customer", id);
        page.click("#look button");
        page.click("#preview-default");
        page.awaitText("#payload-default", "***");
        page.click("#reveal-default");
        page.await("#confirm[open]");
        page.fill("#reason", "a request for access");
        page.click("#yes");
        page.awaitText("#payload-default", PRIVATE);
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class HostWithOperators {

        @Bean
        AtomicReference<String> roleOfJo() {
            return new AtomicReference<>("operator");
        }

        @Bean
        Filter logIn(AtomicReference<String> roleOfJo) {
            return (request, response, chain) ->
                    chain.doFilter(new Jo((HttpServletRequest) request, String.valueOf(roleOfJo.get())), response);
        }
    }

    private static final class Jo extends HttpServletRequestWrapper {

        private final String role;

        Jo(HttpServletRequest request, String role) {
            super(request);
            this.role = role;
        }

        @Override
        public Principal getUserPrincipal() {
            return () -> "jo";
        }

        @Override
        public boolean isUserInRole(String asked) {
            return role.equals(asked);
        }
    }
}
