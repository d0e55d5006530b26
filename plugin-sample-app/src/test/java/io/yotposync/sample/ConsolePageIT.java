package io.yotposync.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.yotposync.scan.ScanJob;
import io.yotposync.store.StoreKey;
import io.yotposync.test.sandbox.Faults;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whether everybody can read and use the page, at any width, and what it may not do itself. Run with
 * {@code -Dconsole.screenshots=true} to take the documentation's pictures anew.
 */
@EnabledIf(value = "hasBrowser", disabledReason = "no chromium on the path; install it to test the console")
class ConsolePageIT extends ConsoleScene {

    private static final Path PICTURES = Path.of("..", "docs", "images");

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
        try (var in = Objects.requireNonNull(ConsolePageIT.class.getResourceAsStream("/axe.min.js"))) {
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
}
