package io.yotposync.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yotposync.sample.browser.Browser;
import io.yotposync.sample.browser.Chromium;
import io.yotposync.sample.browser.Page;
import io.yotposync.scan.ScanCounts;
import io.yotposync.scan.ScanJob;
import io.yotposync.scan.ScanPhase;
import io.yotposync.scan.ScanState;
import io.yotposync.scan.ScanStates;
import io.yotposync.scan.ScanStatus;
import io.yotposync.test.sandbox.Faults;
import io.yotposync.test.sandbox.Faults.Refusal;
import io.yotposync.test.sandbox.YotpoSandbox;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.broadleafcommerce.common.util.ApplicationContextHolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The operator's page in a browser, under a context path. */
@SpringBootTest(
        webEnvironment = WebEnvironment.DEFINED_PORT,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:console",
            "sample.sandbox.visibility-delay=0s",
            "management.server.base-path=/ops",
            "management.endpoints.web.base-path=/manage",
            "management.endpoints.web.path-mapping.yotposync=customers/yotpo",
            "management.endpoints.web.path-mapping.yotposyncconsole=pages/yotpo"
        })
@Tag("long")
abstract class ConsoleScene {

    static final int PORT = FreePort.find();
    static final int MANAGEMENT = FreePort.find();
    static final String CONSOLE = "http://localhost:" + MANAGEMENT + "/ops/manage/pages/yotpo";

    @RegisterExtension
    static final Browser BROWSER = new Browser();

    final SampleClient shop = new SampleClient(PORT);
    final Page page = new Page(BROWSER.tools());

    @Autowired
    YotpoSandbox sandbox;

    @Autowired
    ScanStates scans;

    static boolean hasBrowser() {
        return Chromium.installed().isPresent();
    }

    @DynamicPropertySource
    static void ports(DynamicPropertyRegistry registry) {
        registry.add("server.port", () -> PORT);
        registry.add("management.server.port", () -> MANAGEMENT);
    }

    /** Broadleaf tells the context that was made last, and another test's may be made between ours. */
    @BeforeEach
    void hear(@Autowired ApplicationContextHolder broadleafs, @Autowired ApplicationContext context) {
        broadleafs.setApplicationContext(context);
    }

    @BeforeEach
    void openConsole() {
        sandbox.reset();
        page.dark(false);
        page.size(1280, 900);
        page.open(CONSOLE);
        page.await("#store-default");
    }

    String refused(Map<String, Object> form) {
        String id = shop.register("", form);
        await().untilAsserted(() -> assertThat(shop.state(id, "default")).isEqualTo("delivered"));
        sandbox.faults(
                "sandbox-default", new Faults(null, 0, 0, Map.of(id, new Refusal(422, "the name is not allowed"))));
        shop.edit("", id, Forms.with(form, Map.of("firstName", "D")));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(shop.state(id, "default")).isEqualTo("refused"));
        return id;
    }

    static ScanState asking(ScanJob job, String question) {
        Instant now = Instant.now();
        return new ScanState(
                job,
                ScanStatus.ASKING,
                ScanPhase.CUSTOMERS,
                null,
                Instant.EPOCH,
                ScanCounts.NONE,
                question,
                now,
                now,
                null);
    }

    void explain(String id) {
        page.fill("#customer", id);
        page.click("#look button");
    }

    void confirm(String reason) {
        page.await("#confirm[open]");
        page.fill("#reason", reason);
        page.click("#yes");
        await().until(() -> page.js("document.querySelector('#confirm').open").asBoolean(), open -> !open);
    }
}
