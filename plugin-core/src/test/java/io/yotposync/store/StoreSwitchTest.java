package io.yotposync.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import io.yotposync.Samples;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StoreSwitchTest {

    private static final StoreSettings ON = Samples.store("default");
    private static final StoreSettings OFF = Samples.store("eu").withEnabled(false);

    private final Stores stores = new Stores(List.of(ON, OFF));
    private final StoreSwitch storeSwitch = new StoreSwitch(stores, StoreStates.inMemory());

    @Test
    void aStoreIsAsItsPropertiesSayUntilSomebodySaysOtherwise() {
        assertThat(storeSwitch.isEnabled(ON)).isTrue();
        assertThat(storeSwitch.isEnabled(OFF)).isFalse();
        assertThat(storeSwitch.state(OFF.key())).isEqualTo(StoreState.asConfigured(OFF.key()));
        assertThat(storeSwitch.stores()).isSameAs(stores);
    }

    @Test
    void switchesOffAndOnAtRunTime() {
        assertThat(storeSwitch.disable(ON.key()).enabled()).isFalse();
        assertThat(storeSwitch.isEnabled(ON)).isFalse();

        storeSwitch.enable(ON.key());

        assertThat(storeSwitch.isEnabled(ON)).isTrue();
    }

    @Test
    void overridesTheProperties() {
        storeSwitch.enable(OFF.key());

        assertThat(storeSwitch.isEnabled(OFF)).isTrue();
    }

    @Test
    void leavesWhatWasDroppedMeanwhileToTheCatchUp() {
        assertThat(storeSwitch.enable(OFF.key()).catchUpNeeded()).isTrue();
    }

    @Test
    void aPausedStoreStaysEnabled() {
        StoreState paused = storeSwitch.pause(ON.key(), "stock-taking");

        assertThat(paused.paused()).isTrue();
        assertThat(paused.pauseReason()).isEqualTo("stock-taking");
        assertThat(storeSwitch.isEnabled(ON)).isTrue();
        assertThat(storeSwitch.resume(ON.key())).isEqualTo(StoreState.asConfigured(ON.key()));
    }

    @Test
    void oneStoresSwitchMovesNoOther() {
        storeSwitch.disable(ON.key());
        storeSwitch.pause(ON.key(), "x");

        assertThat(storeSwitch.state(OFF.key())).isEqualTo(StoreState.asConfigured(OFF.key()));
    }

    @Test
    void aStoreThatIsNotConfiguredCannotBeSwitched() {
        StoreKey unknown = new StoreKey("unknown");

        assertThatIllegalArgumentException().isThrownBy(() -> storeSwitch.enable(unknown));
        assertThatIllegalArgumentException().isThrownBy(() -> storeSwitch.disable(unknown));
        assertThatIllegalArgumentException().isThrownBy(() -> storeSwitch.pause(unknown, "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> storeSwitch.resume(unknown));
        assertThatIllegalArgumentException().isThrownBy(() -> storeSwitch.state(unknown));
    }

    @Test
    void theHostsAdministrationCountsForMoreThanTheProperties() {
        assertThat(asTheHostSays(false).isEnabled(ON)).isFalse();
        assertThat(asTheHostSays(true).isEnabled(OFF)).isTrue();
        assertThat(asTheHostSays(null).isEnabled(ON)).isTrue();
    }

    @Test
    void ofOperatorAndHostTheOneWhoSaysNoCounts() {
        StoreStates states = StoreStates.inMemory();
        StoreSwitch off = new StoreSwitch(stores, states.switchedBy(store -> false));

        assertThat(off.enable(ON.key()).enabledByHost()).isFalse();
        assertThat(off.isEnabled(ON)).isFalse();
        assertThat(states.get(ON.key()).enabledByHost())
                .as("kept where the host keeps it")
                .isNull();

        StoreSwitch on = asTheHostSays(true);
        on.disable(ON.key());
        assertThat(on.isEnabled(ON)).isFalse();
    }

    @Test
    void whatOtherNodesChangeIsTakenOverWhereTheHostSwitchesToo() {
        StoreStates shared = mock(StoreStates.class);

        new HostSwitchedStates(shared, store -> true).refresh();

        verify(shared).refresh();
    }

    private StoreSwitch asTheHostSays(@Nullable Boolean enabled) {
        return new StoreSwitch(stores, StoreStates.inMemory().switchedBy(store -> enabled));
    }
}
