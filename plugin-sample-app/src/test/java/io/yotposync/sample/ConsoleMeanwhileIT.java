package io.yotposync.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page while answers come late, stores change, and the host goes away. */
@EnabledIf(value = "hasBrowser", disabledReason = "no chromium on the path; install it to test the console")
class ConsoleMeanwhileIT extends ConsoleScene {

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
}
