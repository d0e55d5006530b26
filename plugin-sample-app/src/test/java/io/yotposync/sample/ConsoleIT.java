package io.yotposync.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.yotposync.sample.browser.Chromium;
import io.yotposync.sample.browser.Page;
import io.yotposync.scan.ScanCounts;
import io.yotposync.scan.ScanJob;
import io.yotposync.scan.ScanPhase;
import io.yotposync.scan.ScanState;
import io.yotposync.scan.ScanStates;
import io.yotposync.scan.ScanStatus;
import io.yotposync.store.StoreKey;
import io.yotposync.test.sandbox.Faults;
import io.yotposync.test.sandbox.Faults.Refusal;
import io.yotposync.test.sandbox.YotpoSandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * The operator's page in a browser, under a context path. Run with {@code -Dconsole.screenshots=true} to take the
 * documentation's pictures anew.
 */
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
@EnabledIf(value = "hasBrowser", disabledReason = "no chromium on the path; install it to test the console")
@Tag("long")
class ConsoleIT {

    private static final int PORT = FreePort.find();
    private static final int MANAGEMENT = FreePort.find();
    private static final String CONSOLE = "http://localhost:" + MANAGEMENT + "/ops/manage/pages/yotpo";
    private static final Path PICTURES = Path.of("..", "docs", "images");

    private static @Nullable Chromium chromium;

    private final SampleClient shop = new SampleClient(PORT);
    private final Page page = new Page(Objects.requireNonNull(chromium).tools());

    @Autowired
    private YotpoSandbox sandbox;

    @Autowired
    private ScanStates scans;

    static boolean hasBrowser() {
        return Chromium.installed().isPresent();
    }

    @DynamicPropertySource
    static void ports(DynamicPropertyRegistry registry) {
        registry.add("server.port", () -> PORT);
        registry.add("management.server.port", () -> MANAGEMENT);
    }

    @BeforeAll
    static void startBrowser() {
        chromium = Chromium.start();
    }

    @AfterAll
    static void endBrowser() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void openConsole() {
        sandbox.reset();
        page.dark(false);
        page.size(1280, 900);
        page.open(CONSOLE);
        page.await("#store-default");
    }

    @Test
    void aStoreThatIsSwitchedOffIsNamedInTheExplanation() {
        page.click("#toggle-default");
        confirm("the import runs");
        page.awaitText("#toggle-default", "Off");
        String id = shop.register("", Forms.minimal("a@example.com"));

        explain(id);
        page.awaitText("#explanation-default", "Store default is switched off by an operator, at run time");

        page.click("#toggle-default");
        confirm("");
        page.awaitText("#toggle-default", "On");
        page.awaitText("#audit", "the import runs");
        shop.edit("", id, Forms.with(Forms.minimal("a@example.com"), Map.of("firstName", "C")));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(shop.state(id, "default")).isEqualTo("delivered"));
    }

    @Test
    void whatYotpoRefusedIsGroupedAndRetriedAtOnce() {
        Map<String, Object> form = Forms.minimal("b@example.com");
        String id = refused(form);
        page.awaitText("#refused", "the name is not allowed");
        page.awaitText("#refused", "validation 422 in default");

        sandbox.faults("sandbox-default", Faults.NONE);
        page.click("#retry-0");
        confirm("corrected");

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(shop.state(id, "default")).isEqualTo("delivered"));
        page.awaitText("#refused", "Nobody is refused");
        explain(id);
        page.awaitText("#explanation-default", "Yotpo acknowledged the latest state");
    }

    private String refused(Map<String, Object> form) {
        String id = shop.register("", form);
        await().untilAsserted(() -> assertThat(shop.state(id, "default")).isEqualTo("delivered"));
        sandbox.faults(
                "sandbox-default", new Faults(null, 0, 0, Map.of(id, new Refusal(422, "the name is not allowed"))));
        shop.edit("", id, Forms.with(form, Map.of("firstName", "D")));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(shop.state(id, "default")).isEqualTo("refused"));
        return id;
    }

    @Test
    void aBackfillsBarReachesTheEnd() {
        String id = shop.register("", Forms.minimal("bar@example.com"));
        await().untilAsserted(() -> assertThat(shop.state(id, "default")).isEqualTo("delivered"));

        page.click("#fill-default");
        confirm("a new store");

        page.awaitText("#backfill-default", "Backfill done");
        page.awaitText("#backfill-default", "unchanged");
        assertThat(page.js("document.querySelector('#backfill-default progress').value")
                        .asInt())
                .isEqualTo(100);
    }

    @Test
    void aDryRunsCountsAppearByThemselves() {
        String id = shop.register("", Forms.minimal("dry@example.com"));
        await().untilAsserted(() -> assertThat(shop.state(id, "default")).isEqualTo("delivered"));

        page.click("#dry-default");
        confirm("");

        page.awaitText("#dryrun-default", "Dry run done");
        page.awaitText("#dryrun-default", "0 would be sent");
    }

    @Test
    void aSweepIsShownUntilItIsDone() {
        ScanJob sweep = ScanJob.sweep(StoreKey.DEFAULT);
        scans.update(sweep, any -> asking(sweep, "It would alter all."));

        page.awaitText("#sweep-default", "Sweep asking");
        page.click("#proceed-default-sweep");
        confirm("they were meant to change");

        page.await("#store-default:not(:has(#sweep-default))");
    }

    @Test
    void aScanThatAsksIsAnsweredOnThePage() {
        String question = "It would alter 60 of 100 customers (60.0 %). For example: customer 7: first_name";
        ScanJob backfill = ScanJob.backfill(StoreKey.DEFAULT);
        scans.update(backfill, any -> asking(backfill, question));

        page.awaitText("#ask-default-backfill", question);
        page.click("#proceed-default-backfill");
        page.awaitText("#confirm-text", question);
        confirm("the import was meant");

        page.awaitText("#backfill-default", "Backfill done");
        page.awaitText("#audit", "the import was meant");
        assertThat(page.js("document.querySelector('#ask-default-backfill') === null")
                        .asBoolean())
                .isTrue();
    }

    private static ScanState asking(ScanJob job, String question) {
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

    @Test
    void aPayloadIsShownMaskedAndNobodyMaySeeMore() {
        String id = shop.register("", Forms.full("masked@example.com"));
        explain(id);

        page.awaitText("#explanation-eu", "it is a customer of another store");

        page.click("#preview-default");
        page.awaitText("#payload-default .payload", "\"email\": \"***\"");
        assertThat(page.text("#payload-default")).doesNotContain("masked@example.com", "Berlin");

        page.click("#reveal-default");
        confirm("the customer asks");
        page.awaitText("#failed", "yotpo.sync.console.reveal-authority is not set");
        page.awaitText("#audit", "refused");
        assertThat(page.text("#payload-default")).doesNotContain("masked@example.com", "Berlin");
    }

    @Test
    void refusalsAreCountedByTheirClass() {
        refused(Forms.minimal("class@example.com"));

        page.awaitText("#store-default .lines", "1 validation");
        sandbox.faults("sandbox-default", Faults.NONE);
        page.click("#retry-0");
        confirm("");
        page.awaitText("#refused", "Nobody is refused");
    }

    /** The endpoint's answers, as if thousands had been refused, each for a reason of its own. */
    @Test
    void ofManyReasonsTheFirstAreShown() {
        page.js("""
                const real = window.fetch;
                window.fetch = async (url, request) => {
                  const answer = await real(url, request);
                  if (/\\/(activity|audit|customer\\/)/.test(url)) {
                    return answer;
                  }
                  const body = await answer.json();
                  if (url.endsWith('/refused')) {
                    const group = { store: 'default', kind: 'VALIDATION', status: 422, fix: 'Correct it.', customers: 480, examples: [] };
                    body.groups = Array.from({ length: 25 }, (_, i) => ({ ...group, reason: `reason ${i}.` }));
                  } else {
                    body.stores.forEach((one) => Object.assign(one.customers, { parked: 12001, parkedFor: { VALIDATION: 10000 } }));
                  }
                  return new Response(JSON.stringify(body));
                };
                true""");

        page.awaitText("#refused", "5 more reasons, of 2,400 customers");
        page.awaitText("#refused", "reason 19.");
        assertThat(page.text("#refused")).doesNotContain("reason 20.");
        page.awaitText("#store-default .lines", "10,000 validation, of the first 10,000");
    }

    /** The endpoint's answer, as of a shop with many stores. */
    @Test
    void storesThatACustomerIsNotOfAreFoldedAway() {
        page.js("""
                const real = window.fetch;
                window.fetch = async (url, request) => {
                  if (!url.includes('/customer/')) {
                    return real(url, request);
                  }
                  const of = (store, mark) => ({ customer: '7', store, verdict: 'WAITING', because: `why ${store}.`, nextTry: null,
                    steps: [{ name: 'store', mark, finding: 'its site' }] });
                  const others = Array.from({ length: 49 }, (_, i) => of(`a${i}`, 'STOPPED'));
                  return new Response(JSON.stringify({ explanations: [...others, of('own', 'PASSED')] }));
                };
                true""");

        explain("7");

        page.awaitText("#explanations > article:first-child", "why own.");
        page.awaitText("#others summary", "49 stores that it is no customer of");
        assertThat(page.js("document.querySelector('#others').open").asBoolean())
                .isFalse();
    }

    /** Keeps back the next answer to a call whose address has a part in it, until {@code letThrough()}. */
    private void keepBack(String part) {
        page.js("""
                (() => {
                  const real = window.fetch;
                  const end = new Promise((go) => { window.letThrough = go; });
                  window.kept = false;
                  window.fetch = async (url, request) => {
                    const mine = !window.kept && new RegExp('PART').test(url);
                    window.kept ||= mine;
                    const answer = await real(url, request);
                    const text = await answer.text();
                    if (mine) {
                      await end;
                    }
                    return { ok: answer.ok, status: answer.status, text: async () => text };
                  };
                })(); true""".replace("PART", part));
    }

    /** What the page makes of the answer is done before the next task begins. */
    private void letThrough() {
        page.js("letThrough(); new Promise((done) => setTimeout(done, 0))");
    }

    @Test
    void anAnswerThatComesLateDoesNotReplaceThatOfTheCustomerAskedForSince() {
        keepBack("customer/first");
        explain("first");
        explain("second");
        page.awaitText("#explanation-default", "second in default");

        letThrough();

        assertThat(page.text("#explanation-default")).contains("second in default");
    }

    @Test
    void aPreviewThatComesLateIsNotShownBesideAnotherCustomer() {
        explain("first");
        page.awaitText("#explanation-default", "first in default");
        keepBack("preview/first");
        page.click("#preview-default");
        explain("second");
        page.awaitText("#explanation-default", "second in default");

        letThrough();

        assertThat(page.text("#payload-default")).isEmpty();
    }

    @Test
    void howTheStoresStoodBeforeDoesNotReplaceHowTheyStand() {
        page.await("#plot-store option[value=eu]");
        keepBack("customers/yotpo$");
        await().until(() -> page.js("kept").asBoolean());
        page.click("#pause-eu");
        confirm("now");
        page.awaitText("#store-eu .badge", "paused");

        letThrough();

        assertThat(page.text("#store-eu .badge")).isEqualTo("paused");
        page.click("#pause-eu");
        confirm("");
        page.awaitText("#store-eu .badge", "sending");
    }

    /** @param change of {@code one}, a store as the endpoint answers it */
    private void withStores(String change) {
        page.js("""
                (() => {
                  const real = window.fetch;
                  window.times = 0;
                  window.fetch = async (url, request) => {
                    const answer = await real(url, request);
                    if (!url.endsWith('customers/yotpo')) {
                      return answer;
                    }
                    const body = await answer.json();
                    body.stores.forEach((one) => { CHANGE });
                    return new Response(JSON.stringify(body));
                  };
                })(); true""".replace("CHANGE", change));
    }

    /** Has the stores' cards made anew with each look. */
    private void everChanging() {
        withStores("one.sinceStart.DELIVERED = ++window.times;");
    }

    private void awaitAnotherLook() {
        page.js("document.querySelector('#fresh').textContent = ''; true");
        page.awaitText("#fresh", "As of");
    }

    @Test
    void theKeyboardsPlaceIsKeptThoughTheButtonBehindTheDialogIsMadeAnew() {
        everChanging();
        page.focus("#pause-eu");
        page.press("Enter", 13, "\r");
        page.await("#confirm[open]");
        awaitAnotherLook();

        page.press("Escape", 27, "");

        await().until(() -> page.js("document.querySelector('#confirm').open").asBoolean(), open -> !open);
        assertThat(page.js("document.activeElement.id").asText()).isEqualTo("pause-eu");
    }

    @Test
    void aClickIsNotLostWhereTheStoresChangeMeanwhile() {
        everChanging();
        page.hold("#pause-eu");
        awaitAnotherLook();

        page.letGo("#pause-eu");

        page.await("#confirm[open]");
        page.press("Escape", 27, "");
    }

    /** As of a page that is left open while the host is started again with other stores. */
    @Test
    void aStoreThatTookTheNameOfAnotherCanBeChosen() {
        page.await("#plot-store option[value=eu]");

        withStores("one.store = one.store === 'eu' ? 'uk' : one.store;");

        page.await("#plot-store option[value=uk]");
    }

    @ParameterizedTest
    @CsvSource({"DONE, 0, 100", "STOPPED, -1, 0"})
    void aBarOfABackfillThatIsOverDoesNotMove(String state, int total, int value) {
        withStores("one.backfill = { state: 'STATE', done: 0, total: TOTAL, counts: {} };"
                .replace("STATE", state)
                .replace("TOTAL", String.valueOf(total)));
        page.awaitText("#backfill-eu", "Backfill " + state.toLowerCase(Locale.ROOT));

        assertThat(page.js("document.querySelector('#backfill-eu progress').position * 100")
                        .asInt())
                .isEqualTo(value);
    }

    /** A log-in page of another origin is refused to the page, like a host that is away. */
    @Test
    void aHostThatDoesNotAnswerIsSaidOnceAndWhatToDo() {
        page.js("""
                window.read = 0;
                new MutationObserver(() => { window.read++; })
                  .observe(document.querySelector('#problem'), { childList: true, characterData: true, subtree: true });
                window.failed = 0;
                window.fetch = async (url) => {
                  window.failed += url.endsWith('customers/yotpo') ? 1 : 0;
                  throw new TypeError('Failed to fetch');
                };
                true""");

        await().atMost(Duration.ofSeconds(30))
                .until(() -> page.js("window.failed").asInt() > 2);

        assertThat(page.text("#problem")).contains("load this page again");
        assertThat(page.js("window.read").asInt()).isEqualTo(1);
    }

    /** The chart's list of stores is as wide as the longest of their names. */
    @Test
    void aLongNameOfAStoreDoesNotWidenThePage() {
        page.size(320, 640);
        page.await("#plot-store option[value=eu]");
        page.js("document.querySelector('#plot-store option[value=eu]').textContent = 'eu'.repeat(32); true");

        await().untilAsserted(() -> assertThat(
                        page.js("document.documentElement.scrollWidth").asInt())
                .isLessThanOrEqualTo(320));
    }

    @Test
    void theKeyboardAloneIsEnough() {
        page.focus("#pause-eu");
        page.press("Enter", 13, "\r");
        page.await("#confirm[open]");
        page.press("Escape", 27, "");
        await().until(() -> page.js("document.querySelector('#confirm').open").asBoolean(), open -> !open);
        assertThat(page.js("document.activeElement.id").asText()).isEqualTo("pause-eu");

        page.press("Enter", 13, "\r");
        page.await("#confirm[open]");
        page.focus("#yes");
        page.press("Enter", 13, "\r");
        page.awaitText("#store-eu .badge", "paused");
        page.click("#pause-eu");
        confirm("");
        page.awaitText("#store-eu .badge", "sending");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void axeFindsNothingSerious(boolean dark) throws IOException {
        refused(Forms.minimal(dark ? "c@example.com" : "d@example.com"));
        page.dark(dark);
        page.awaitText("#refused", "the name is not allowed");
        explain("1");
        page.click("#preview-default");
        page.await("#hide-default");
        ScanJob sweep = ScanJob.sweep(new StoreKey("eu"));
        scans.update(sweep, any -> asking(sweep, "It would alter 60 of 100 customers (60.0 %)"));
        page.await("#ask-eu-sweep");

        assertThat(seriousFindings()).isEmpty();
        page.click("#proceed-eu-sweep");
        confirm("");
        sandbox.faults("sandbox-default", Faults.NONE);
        page.click("#retry-0");
        confirm("");
        page.awaitText("#refused", "Nobody is refused");
    }

    private List<String> seriousFindings() throws IOException {
        try (var in = Objects.requireNonNull(ConsoleIT.class.getResourceAsStream("/axe.min.js"))) {
            page.js(new String(in.readAllBytes(), StandardCharsets.UTF_8) + "; true");
        }
        JsonNode found = page.js("axe.run(document).then((all) => ({passes: all.passes.length, serious: all.violations"
                + ".filter((each) => ['serious', 'critical'].includes(each.impact)).map((each) => each.id + ' '"
                + " + each.nodes.map((node) => node.target + ': ' + node.failureSummary).join('; '))}))");
        assertThat(found.path("passes").asInt()).as("rules that hold").isGreaterThan(15);
        List<String> serious = new ArrayList<>();
        found.path("serious").forEach(each -> serious.add(each.asText()));
        return serious;
    }

    @ParameterizedTest
    @ValueSource(ints = {320, 1280, 2560})
    void nothingIsCutOffAtAnyWidth(int width) {
        page.size(width, 900);
        String id = shop.register("", Forms.full("w" + width + "@example.com"));
        explain(id);
        page.click("#preview-default");
        page.await("#payload-default .payload");
        page.await("#plot-saves canvas");

        await().untilAsserted(() -> assertThat(
                        page.js("document.documentElement.scrollWidth").asInt())
                .isLessThanOrEqualTo(width));
    }

    @Test
    void nothingOfThePageIsRefusedByItsOwnPolicy() {
        page.await("#plot-saves canvas");

        assertThat(page.js("getComputedStyle(document.body).margin").asText()).isEqualTo("0px");
        assertThat(page.js(
                                "(() => { const script = document.createElement('script'); script.textContent = 'window.ran = 1';"
                                        + " document.head.append(script); return window.ran === undefined; })()")
                        .asBoolean())
                .as("a script that is not the page's own is refused")
                .isTrue();
        assertThat(page.js("fetch('http://localhost:" + PORT
                                + "/', {mode: 'no-cors'}).then(() => 'sent', () => 'refused')")
                        .asText())
                .as("nothing is asked of another origin")
                .isEqualTo("refused");
        assertThat(page.js("[...document.scripts].every((each) => !each.src)").asBoolean())
                .isTrue();
        assertThat(page.js("document.cookie").asText()).isEmpty();
    }

    @Test
    void picturesOfIt() {
        assumeTrue(Boolean.getBoolean("console.screenshots"), "set console.screenshots to take them");
        for (int i = 0; i < 12; i++) {
            shop.register(i % 3 == 0 ? "eu-shop" : "", Forms.minimal("p" + i + "@example.com"));
        }
        String id = refused(Forms.minimal("q@example.com"));
        page.awaitText("#refused", "the name is not allowed");
        page.click("#dry-eu");
        confirm("");
        page.awaitText("#dryrun-eu", "Dry run done");
        page.click("#fill-default");
        confirm("a new store");
        page.awaitText("#backfill-default", "Backfill done");
        explain(id);
        page.click("#preview-default");
        page.await("#payload-default .payload");
        page.size(1280, 1800);
        page.awaitText("#store-default .facts .bad", "1");
        page.shoot(PICTURES.resolve("console.png"));
        page.dark(true);
        page.size(2560, 1300);
        page.await("#plot-saves canvas");
        page.shoot(PICTURES.resolve("console-wall-dark.png"));
        page.dark(false);
        page.size(320, 1800);
        page.await("#plot-saves canvas");
        page.shoot(PICTURES.resolve("console-320.png"));
    }

    private void explain(String id) {
        page.fill("#customer", id);
        page.click("#look button");
    }

    private void confirm(String reason) {
        page.await("#confirm[open]");
        page.fill("#reason", reason);
        page.click("#yes");
        await().until(() -> page.js("document.querySelector('#confirm').open").asBoolean(), open -> !open);
    }
}
