package io.yotposync.autoconfigure.properties;

import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.autoconfigure.Hosts;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class UnknownPropertiesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yotpo.sync.outbox.maxRows=10",
                "yotpo.sync.outbox.max_rows=10",
                "YOTPO.SYNC.OUTBOX.MAX-ROWS=10",
                "yotpo.sync.stores[default].site=a",
                "yotpo.sync.stores.default.attributes.some.name=tags",
                "yotpo.sync.safety.only-customers[0]=7",
                "yotpo.sync.safety.only-customers.0=7",
                "yotpo.sync.tripwire.at-least=3",
                "yotpo.synchronous=is another's",
                "yotpo.other=is another's"
            })
    void everySpellingOfAKnownOneIsKnown(String property) {
        Hosts.withOneStore()
                .withPropertyValues(property)
                .run(context -> assertThat(context).hasNotFailed());
    }

    @ParameterizedTest
    @CsvSource({
        "yotpo.sync.store.eu.app-key, yotpo.sync.stores.eu.app-key",
        "yotpo.sync.stores.eu.identifier.externalid2, yotpo.sync.stores.eu.identifier.external-id",
        "yotpo.sync.default.rate-limit, yotpo.sync.defaults.rate-limit",
        "yotpo.sync.outbox.jdbc.datasources, yotpo.sync.outbox.jdbc.data-source",
        "yotpo.sync.stores.eu.attributse.tier, yotpo.sync.stores.eu.attributes.tier",
        "yotpo.sync.defaults.attributse, yotpo.sync.defaults.attributes.<name>=<Yotpo property>",
        "yotpo.sync.catch-up.intervall, yotpo.sync.catch-up.interval",
        "yotpo.sync.outbox.max-rows.most, yotpo.sync.outbox.max-rows",
        "yotpo.sync.safety.only-customers.tester, yotpo.sync.safety.only-customers"
    })
    void proposesTheNearest(String wrong, String meant) {
        Hosts.withOneStore()
                .withPropertyValues(wrong + "=x")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageStartingWith(wrong + " is not known. Did you mean " + meant + "?"));
    }

    @ParameterizedTest
    @CsvSource({
        "yotpo.sync.secret, yotpo.sync.stores.default.secret",
        "yotpo.sync.rate-limit, yotpo.sync.stores.default.rate-limit",
        "yotpo.sync.identifier.external-id, yotpo.sync.stores.default.identifier.external-id",
        "yotpo.sync.stores.identifier.external-id, yotpo.sync.stores.default.identifier.external-id",
        "yotpo.sync.attributes.tier, yotpo.sync.stores.default.attributes.tier",
        "yotpo.sync.attributes.loyaltyTier, yotpo.sync.stores.default.attributes.loyaltyTier",
        "yotpo.sync.attributes, yotpo.sync.stores.default.attributes.<name>=<Yotpo property>"
    })
    void saysWhereAStoresPropertyBelongs(String wrong, String right) {
        Hosts.plugin()
                .withPropertyValues(wrong + "=x")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageStartingWith(
                                wrong.toLowerCase(Locale.ROOT) + " is not known. Write " + right + "."));
    }

    @ParameterizedTest
    @CsvSource({
        "yotpo.sync.safety, yotpo.sync.safety.allow-production",
        "yotpo.sync.stores.default, yotpo.sync.stores.default.app-key"
    })
    void saysThatASectionIsNoProperty(String section, String below) {
        Hosts.withOneStore()
                .withPropertyValues(section + "=")
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageStartingWith(section + " is not known. Write what is below it, such as " + below
                                + ", or take the line out."));
    }

    @Test
    void isOnlyAWarningIfTheHostWishes(CapturedOutput log) {
        Hosts.withOneStore()
                .withPropertyValues("yotpo.sync.strict=false", "yotpo.sync.outbox.max-row=10")
                .run(context -> assertThat(context).hasNotFailed());

        assertThat(log)
                .contains("WARN")
                .contains("yotpo.sync.outbox.max-row is not known. Did you mean yotpo.sync.outbox.max-rows?")
                .doesNotContain("strict");
    }
}
