package io.yotposync.autoconfigure.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.autoconfigure.Hosts;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreStates;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.Mockito;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.health.CompositeHealthContributor;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthEndpointGroup;
import org.springframework.boot.actuate.health.HealthEndpointGroups;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;
import org.springframework.context.ApplicationContext;

class HealthTest {

    @Test
    void aHeldStoreIsDownAndSaysWhy() {
        Hosts.withOneStore().run(context -> {
            assertThat(of(context, "default").getStatus()).isEqualTo(Status.UP);

            context.getBean(StoreStates.class)
                    .update(StoreKey.DEFAULT, state -> state.heldFor("the secret is refused", Instant.EPOCH));

            assertThat(of(context, "default").getStatus()).isEqualTo(Status.DOWN);
            assertThat(of(context, "default").getDetails())
                    .containsEntry("trouble", "store held: the secret is refused")
                    .containsEntry("outbox", "memory, not durable");
        });
    }

    @Test
    void aHostMaySwitchItOff() {
        Hosts.withOneStore()
                .withPropertyValues("management.health.yotpo.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("yotpoHealthContributor"));
    }

    @Test
    void aHostMaySwitchAllHealthOffAndOursOnAgain() {
        Hosts.withOneStore()
                .withPropertyValues("management.health.defaults.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("yotpoHealthContributor"));
        Hosts.withOneStore()
                .withPropertyValues("management.health.defaults.enabled=false", "management.health.yotpo.enabled=on")
                .run(context -> assertThat(context).hasNotFailed().hasBean("yotpoHealthContributor"));
    }

    @Test
    void itStandsInAGroupOfItsOwnAndNotInTheHostsOverallHealth() {
        HealthEndpointGroup primary = Mockito.mock(HealthEndpointGroup.class);
        HealthEndpointGroup readiness = Mockito.mock(HealthEndpointGroup.class);
        Mockito.when(primary.isMember(Mockito.anyString())).thenReturn(true);

        HealthEndpointGroups groups = new OwnHealthGroup()
                .postProcessHealthEndpointGroups(HealthEndpointGroups.of(primary, Map.of("readiness", readiness)));

        assertThat(groups.getPrimary().isMember("yotpo")).isFalse();
        assertThat(groups.getPrimary().isMember("yotpo/default")).isFalse();
        assertThat(groups.getPrimary().isMember("db")).isTrue();
        assertThat(groups.getNames()).isEqualTo(Set.of("readiness", "yotpo-sync"));
        assertThat(groups.get("readiness")).isSameAs(readiness);
        assertThat(groups.get("yotpo-sync").isMember("yotpo")).isTrue();
        assertThat(groups.get("yotpo-sync").isMember("db")).isFalse();
        assertThat(groups.get("other")).isNull();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void itShowsToWhomTheHostsOverallHealthShows(boolean shown) {
        HealthEndpointGroup primary = Mockito.mock(HealthEndpointGroup.class);
        Mockito.when(primary.showComponents(SecurityContext.NONE)).thenReturn(shown);
        Mockito.when(primary.showDetails(SecurityContext.NONE)).thenReturn(shown);

        HealthEndpointGroup own = new OwnHealthGroup()
                .postProcessHealthEndpointGroups(HealthEndpointGroups.of(primary, Map.of()))
                .get("yotpo-sync");

        assertThat(own.showComponents(SecurityContext.NONE)).isEqualTo(shown);
        assertThat(own.showDetails(SecurityContext.NONE)).isEqualTo(shown);
    }

    @Test
    void aGroupOfThatNameThatTheHostConfiguredIsTheHosts() {
        HealthEndpointGroup primary = Mockito.mock(HealthEndpointGroup.class);
        HealthEndpointGroup configured = Mockito.mock(HealthEndpointGroup.class);

        HealthEndpointGroups groups = new OwnHealthGroup()
                .postProcessHealthEndpointGroups(HealthEndpointGroups.of(primary, Map.of("yotpo-sync", configured)));

        assertThat(groups.getNames()).containsExactly("yotpo-sync");
        assertThat(groups.get("yotpo-sync")).isSameAs(configured);
    }

    @Test
    void aGroupThatTakesWhateverThereIsDoesNotTakeUs() {
        HealthEndpointGroup primary = Mockito.mock(HealthEndpointGroup.class);
        HealthEndpointGroup all = Mockito.mock(HealthEndpointGroup.class);
        HealthEndpointGroup chosen = Mockito.mock(HealthEndpointGroup.class);
        Mockito.when(all.isMember(Mockito.anyString())).thenReturn(true);
        Mockito.when(chosen.isMember("yotpo")).thenReturn(true);

        HealthEndpointGroups groups = new OwnHealthGroup()
                .postProcessHealthEndpointGroups(
                        HealthEndpointGroups.of(primary, Map.of("readiness", all, "chosen", chosen)));

        assertThat(groups.get("readiness").isMember("db")).isTrue();
        assertThat(groups.get("readiness").isMember("yotpo")).isFalse();
        assertThat(groups.get("chosen").isMember("yotpo")).isTrue();
    }

    private static Health of(ApplicationContext context, String store) {
        CompositeHealthContributor all = context.getBean("yotpoHealthContributor", CompositeHealthContributor.class);
        return ((HealthIndicator) all.getContributor(store)).health();
    }
}
