package io.yotposync.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OnFirstUseTest {

    private final AtomicInteger made = new AtomicInteger();

    @Test
    void isMadeWhenItIsFirstAskedForAndOnce() {
        OnFirstUse<Integer> lazy = new OnFirstUse<>(made::incrementAndGet);
        assertThat(made).hasValue(0);

        assertThat(lazy.get()).isEqualTo(1);
        assertThat(lazy.get()).isEqualTo(1);
    }

    @Test
    void whatCouldNotBeMadeIsMadeTheNextTime() {
        OnFirstUse<Integer> lazy = new OnFirstUse<>(() -> {
            if (made.incrementAndGet() == 1) {
                throw new IllegalStateException("not yet");
            }
            return made.get();
        });

        assertThatIllegalStateException().isThrownBy(lazy::get);
        assertThat(lazy.get()).isEqualTo(2);
    }

    @Test
    void isForgottenAtTheEndAndNotMadeAgain() {
        OnFirstUse<Integer> lazy = new OnFirstUse<>(made::incrementAndGet);
        lazy.get();

        lazy.close();

        assertThatIllegalStateException().isThrownBy(lazy::get);
        assertThat(made).hasValue(1);
    }
}
