package io.yotposync.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StoreStateTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final StoreState STATE = StoreState.asConfigured(new StoreKey("eu"));

    @Test
    void aStoreWaitsUntilTheMomentThatYotpoAskedFor() {
        StoreState state = STATE.waitingUntil(NOW.plusSeconds(1));

        assertThat(state.waitsUntil(NOW)).isEqualTo(NOW.plusSeconds(1));
        assertThat(state.waitsUntil(NOW.plusSeconds(1))).isNull();
        assertThat(STATE.waitsUntil(NOW)).isNull();
    }

    @Test
    void aWaitThatNobodyCanHaveAskedForIsNone() {
        StoreState state = STATE.waitingUntil(NOW.plus(Duration.ofDays(2)));

        assertThat(state.waitsUntil(NOW)).isNull();
    }
}
