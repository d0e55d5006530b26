package io.yotposync.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yotposync.scan.ScanJob;
import io.yotposync.store.StoreKey;
import io.yotposync.test.sandbox.Faults;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** What operators do and see on the page. */
@EnabledIf(value = "hasBrowser", disabledReason = "no chromium on the path; install it to test the console")
class ConsoleIT extends ConsoleScene {

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

    @Test
    void refusalsAreCountedByTheirClass() {
        refused(Forms.minimal("class@example.com"));

        page.awaitText("#store-default .lines", "1 validation");
        sandbox.faults("sandbox-default", Faults.NONE);
        page.click("#retry-0");
        confirm("");
        page.awaitText("#refused", "Nobody is refused");
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
}
