package io.yotposync.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.yotposync.store.InvalidSettingException;
import java.util.List;
import org.junit.jupiter.api.Test;

class TripwireTest {

    private final Tripwire wire = new Tripwire(0.1, 5);

    @Test
    void asksWithNumbersAndExamplesWhenTheShareIsExceeded() {
        ScanCounts counts = ScanCounts.NONE.with(Tally.ALTERED, 11);

        assertThat(wire.question(counts, () -> 100, true, List.of("customer 1: email")))
                .isEqualTo("It would alter 11 of 100 customers (11.0 %). For example: customer 1: email");
        assertThat(wire.question(counts, () -> 100, false, List.of())).contains("alter 11 of the first 100 customers");
    }

    @Test
    void namesConsentFirst() {
        ScanCounts counts = ScanCounts.NONE.with(Tally.ALTERED, 50).with(Tally.CONSENT_CHANGED, 50);

        assertThat(wire.question(counts, () -> 100, true, List.of())).contains("change the consent of 50");
    }

    @Test
    void doesNotAskForFewOrForTheShareItself() {
        assertThat(wire.question(ScanCounts.NONE.with(Tally.BLANKED, 4), () -> 4, true, List.of()))
                .isNull();
        assertThat(wire.question(ScanCounts.NONE.with(Tally.BLANKED, 10), () -> 100, true, List.of()))
                .isNull();
    }

    @Test
    void asksWhenManySeemToBeGone() {
        ScanCounts counts = ScanCounts.NONE.with(Tally.ROWS, 20).with(Tally.MISSING, 20);

        assertThat(wire.leaving(counts, false, List.of())).contains("forget 20 of the first 20");
        assertThat(wire.leaving(counts, true, List.of())).contains("disable 20 of the first 20");
        assertThat(wire.leaving(counts.with(Tally.ROWS, 1000), true, List.of())).isNull();
    }

    @Test
    void whoWasMadeAnonymousIsNotTakenForARowWhoseCustomerIsMissing() {
        ScanCounts counts =
                ScanCounts.NONE.with(Tally.ROWS, 20).with(Tally.GONE, 20).with(Tally.MISSING, 1);

        assertThat(wire.leaving(counts, true, List.of())).isNull();
    }

    @Test
    void theShareIsOnlyCountedWhereItMatters() {
        assertThat(wire.question(
                        ScanCounts.NONE.with(Tally.ALTERED, 4),
                        () -> {
                            throw new AssertionError("counted");
                        },
                        true,
                        List.of()))
                .isNull();
    }

    @Test
    void aShareOfOneSwitchesItOff() {
        assertThat(new Tripwire(1, 1).question(ScanCounts.NONE.with(Tally.ALTERED, 100), () -> 10, true, List.of()))
                .isNull();
    }

    @Test
    void refusesWhatIsNoShare() {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> new Tripwire(Double.NaN, 1))
                .withMessageContaining("tripwire.share");
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> new Tripwire(0.5, 0))
                .withMessageContaining("tripwire.at-least");
    }
}
