package io.yotposync.recent;

import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.outbox.Desired;
import io.yotposync.outbox.Origin;
import io.yotposync.payload.Fingerprint;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RememberedTest {

    @Test
    void doesWhatAMapDoesWhateverIsPutAndRemoved() {
        Remembered remembered = new Remembered(10_000, 42);
        Map<String, Desired> expected = new HashMap<>();
        Random random = new Random(7);

        for (int i = 0; i < 60_000; i++) {
            String id = "" + random.nextInt(3_000);
            if (random.nextInt(3) > 0) {
                Desired state = state(id, random.nextInt(5), i);
                remembered.put(state, i, i);
                expected.put(id, state);
            } else if (expected.remove(id) != null) {
                remembered.remove(remembered.find(key(id)));
            }
        }

        assertThat(remembered.size()).isEqualTo(expected.size());
        for (int id = 0; id < 3_000; id++) {
            int slot = remembered.find(key("" + id));
            Desired state = expected.get("" + id);
            assertThat(slot >= 0).isEqualTo(state != null);
            if (state != null) {
                assertThat(remembered.has(slot, state.fingerprint())).isTrue();
                assertThat(remembered.has(slot, Fingerprint.of("other"))).isFalse();
                assertThat(remembered.version(slot)).isEqualTo(state.sourceVersion());
                assertThat(remembered.since(slot)).isEqualTo(state.sourceVersion());
            }
        }
    }

    @Test
    void fullItForgetsTheOlder() {
        Remembered remembered = new Remembered(1_000, 42);

        for (int i = 0; i < 10_000; i++) {
            remembered.put(state("" + i, 0, i), i, i);
        }

        assertThat(remembered.size()).isEqualTo(1_000);
        int recent = 0;
        for (int i = 9_500; i < 10_000; i++) {
            recent += remembered.find(key("" + i)) >= 0 ? 1 : 0;
        }
        assertThat(recent).as("of the latest 500").isGreaterThan(400);
    }

    @Test
    void aVersionIsOnlyRaised() {
        Remembered remembered = new Remembered(10, 42);
        remembered.put(state("1", 0, 5), 5, 0);
        int slot = remembered.find(key("1"));

        remembered.raise(slot, 9);
        remembered.raise(slot, 7);

        assertThat(remembered.version(slot)).isEqualTo(9);
    }

    private static CustomerKey key(String id) {
        return new CustomerKey(StoreKey.DEFAULT, id);
    }

    private static Desired state(String id, int content, long version) {
        return new Desired(key(id), "", Fingerprint.of("" + content), version, Origin.LIVE, Instant.EPOCH);
    }
}
