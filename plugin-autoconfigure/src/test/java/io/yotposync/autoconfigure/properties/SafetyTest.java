package io.yotposync.autoconfigure.properties;

import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.CustomerSync;
import io.yotposync.autoconfigure.Hosts;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.observe.SkipReason;
import io.yotposync.observe.SyncListener;
import io.yotposync.operator.Explainer;
import io.yotposync.outbox.Outbox;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A test installation tells the merchant's real store of nobody. */
@ExtendWith(OutputCaptureExtension.class)
class SafetyTest {

    private final ApplicationContextRunner guarded =
            Hosts.withOneStore().withPropertyValues("yotpo.sync.safety.production-app-keys=app-1");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spring.profiles.active=Prod",
                "spring.profiles.active=eu,production",
                "runtime.environment=production",
                "yotpo.sync.safety.production-profiles=default",
                "yotpo.sync.safety.allow-production=true",
                "yotpo.sync.stores.default.app-key=app-2"
            })
    void whatIsProductionOrNoProductionStoreStarts(String property) {
        guarded.withPropertyValues(property).run(context -> assertThat(context).hasNotFailed());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spring.profiles.active=staging",
                "runtime.environment=integrationqa",
                "yotpo.sync.stores.default.enabled=false",
                "yotpo.sync.safety.production-profiles=blue"
            })
    void everythingElseIsRefused(String property) {
        guarded.withPropertyValues(property)
                .run(context -> assertThat(context.getStartupFailure())
                        .rootCause()
                        .hasMessageContaining("is that of a production store")
                        .hasMessageNotContaining("app-1"));
    }

    @Test
    void whoseKeysAreNotListedIsNotGuarded() {
        Hosts.withOneStore().run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void onlyTestersAreSentAndTheOthersCountedWithTheReason(CapturedOutput log) {
        Skipped skipped = new Skipped();
        Hosts.withOneStore()
                .withBean(SyncListener.class, () -> skipped)
                .withPropertyValues(
                        "yotpo.sync.safety.only-email-domains=example.com,Example.org",
                        "yotpo.sync.safety.only-customers=3")
                .run(context -> {
                    CustomerSync sync = context.getBean(CustomerSync.class);
                    sync.accept(CustomerSnapshot.of("1").email("a@example.org").build());
                    sync.accept(
                            CustomerSnapshot.of("2").email("a@shopper.example").build());
                    sync.accept(
                            CustomerSnapshot.of("3").email("b@shopper.example").build());

                    Outbox outbox = context.getBean(Outbox.class);
                    assertThat(outbox.find(key("1"))).isPresent();
                    assertThat(outbox.find(key("2"))).isEmpty();
                    assertThat(outbox.find(key("3"))).isPresent();
                    assertThat(skipped.reasons).containsExactly(Map.entry("2", SkipReason.NOT_ALLOWED));
                    assertThat(context.getBean(Explainer.class)
                                    .explain(key("2"))
                                    .because())
                            .endsWith("was not taken: it is none of those that yotpo.sync.safety.only-email-domains and"
                                    + " only-customers allow to be sent.");
                });
        assertThat(log).contains("only the customers that yotpo.sync.safety.only-email-domains and");
    }

    @Test
    void aFileMayLiftWhatAnotherOneSays() {
        Hosts.withOneStore()
                .withPropertyValues("yotpo.sync.safety.only-email-domains=*")
                .run(context -> {
                    context.getBean(CustomerSync.class)
                            .accept(CustomerSnapshot.of("1")
                                    .email("a@shopper.example")
                                    .build());

                    assertThat(context.getBean(Outbox.class).find(key("1"))).isPresent();
                });
    }

    @Test
    void neitherKeysNorCustomersStandInWhatCanBePrinted() {
        List<String> canary = List.of("canary");

        assertThat(new SafetyProperties(canary, List.of("prod"), false, canary, canary))
                .hasToString("SafetyProperties[productionProfiles=[prod], allowProduction=false]");
    }

    private static CustomerKey key(String customer) {
        return new CustomerKey(StoreKey.DEFAULT, customer);
    }

    private static final class Skipped implements SyncListener {

        private final Map<String, SkipReason> reasons = new ConcurrentHashMap<>();

        @Override
        public void skipped(@Nullable StoreKey store, String customerId, SkipReason reason) {
            reasons.put(customerId, reason);
        }
    }
}
