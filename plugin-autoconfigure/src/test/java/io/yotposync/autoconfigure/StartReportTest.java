package io.yotposync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.yotposync.CustomerSync;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.source.CustomerSource;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreState;
import io.yotposync.store.StoreStates;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class StartReportTest {

    @Test
    void oneLineAtTheStartSaysAllOfIt(CapturedOutput log) {
        Hosts.withOneStore()
                .run(context -> assertThat(informing(log))
                        .singleElement()
                        .asString()
                        .contains(
                                "active for store default; outbox: ",
                                "; no CustomerSource, so nothing is scanned; node "));
    }

    @Test
    void ofAHostWhoseCustomersCanBeReadTheLineSaysNothingOfScans(CapturedOutput log) {
        Hosts.withOneStore()
                .withBean(CustomerSource.class, () -> mock(CustomerSource.class))
                .run(context -> assertThat(informing(log))
                        .singleElement()
                        .asString()
                        .contains("active for store default; outbox: ")
                        .doesNotContain("scanned"));
    }

    /** A store that is off since last week is not active, whatever the property says. */
    @Test
    void whatWasSaidAtRunTimeBeforeTheStartIsInTheLine(CapturedOutput log) {
        StoreStates states = mock(StoreStates.class);
        when(states.switchedBy(any())).thenReturn(states);
        AtomicBoolean read = new AtomicBoolean();
        doAnswer(call -> {
                    read.set(true);
                    return null;
                })
                .when(states)
                .refresh();
        when(states.get(any()))
                .thenAnswer(call -> StoreState.asConfigured(call.getArgument(0)).withEnabled(!read.get()));

        Hosts.withOneStore()
                .withBean(StoreStates.class, () -> states)
                .run(context -> assertThat(informing(log))
                        .singleElement()
                        .asString()
                        .contains("active for store default (disabled)"));
    }

    @Test
    void aPausedStoreIsSaidToBe(CapturedOutput log) {
        StoreStates states = StoreStates.inMemory();
        states.update(StoreKey.DEFAULT, state -> state.pausedFor("stock take"));

        Hosts.withOneStore()
                .withBean(StoreStates.class, () -> states)
                .run(context -> assertThat(informing(log))
                        .singleElement()
                        .asString()
                        .contains("active for store default (paused)"));
    }

    private static List<String> informing(CapturedOutput log) {
        return log.getOut()
                .lines()
                .filter(line -> line.contains("INFO") && line.contains("Yotpo sync"))
                .toList();
    }

    @Test
    void withoutAStoreItSaysWhatToSetAndHurtsNobody(CapturedOutput log) {
        Hosts.plugin().run(context -> {
            assertThat(context).hasNotFailed();
            context.getBean(CustomerSync.class).accept(CustomerSnapshot.of("1").build());
            assertThat(log).containsOnlyOnce("Yotpo sync is inactive: no store is configured");
        });
    }

    @Test
    void warnsOnceOfEachSettingThatAnotherMakesNothingOf(CapturedOutput log) {
        Hosts.withOneStore()
                .withPropertyValues(
                        "yotpo.sync.defaults.attributes.tier=custom_properties.tier",
                        "yotpo.sync.defaults.identifier.prefer=phone",
                        "yotpo.sync.backfill.on-start=if-never",
                        "yotpo.sync.read-back.every=1h")
                .run(context -> assertThat(context).hasNotFailed());

        assertThat(log)
                .containsOnlyOnce("attributes.tier of store default does nothing without custom-properties=true")
                .containsOnlyOnce("identifier.prefer=phone of store default does nothing without"
                        + " identifier.phone-number=true")
                .containsOnlyOnce("yotpo.sync.backfill.on-start=if-never does nothing, for there is no CustomerSource")
                .containsOnlyOnce("yotpo.sync.read-back.every does nothing, for there is no CustomerSource");
    }

    @Test
    void warnsOfNoneOfThemWhereBothAreSet(CapturedOutput log) {
        Hosts.withOneStore()
                .withPropertyValues(
                        "yotpo.sync.defaults.attributes.tier=custom_properties.tier",
                        "yotpo.sync.defaults.custom-properties=true",
                        "yotpo.sync.defaults.identifier.prefer=phone",
                        "yotpo.sync.defaults.identifier.phone-number=true")
                .run(context -> assertThat(context).hasNotFailed());

        assertThat(log).doesNotContain("does nothing");
    }

    @Test
    void deprecatedPropertiesAreWarnedOf(CapturedOutput log) {
        Hosts.withOneStore()
                .withPropertyValues(
                        "yotpo.sync.stores.default.identifier.phone-number=true",
                        "yotpo.sync.defaults.custom-properties=true")
                .run(context -> assertThat(log)
                        .contains("stores.default.identifier.phone-number is on")
                        .contains("stores.default.custom-properties is on"));
    }

    @Test
    void warnsWhereEventsComeWithoutTheirSite(CapturedOutput log) {
        ApplicationContextRunner onAnExecutor =
                Hosts.withOneStore().withBean("blApplicationEventMulticastTaskExecutor", Object.class, Object::new);

        onAnExecutor.run(context -> assertThat(log).doesNotContain("blApplicationEventMulticastTaskExecutor"));
        onAnExecutor
                .withPropertyValues("yotpo.sync.stores.eu.app-key=app-2", "yotpo.sync.stores.eu.secret=secret-2")
                .run(context -> assertThat(log)
                        .contains("events come on the threads of blApplicationEventMulticastTaskExecutor"));
    }
}
