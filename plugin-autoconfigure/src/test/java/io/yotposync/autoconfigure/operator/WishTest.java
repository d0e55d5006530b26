package io.yotposync.autoconfigure.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.mockingDetails;
import static org.mockito.Mockito.verify;

import io.yotposync.operator.By;
import io.yotposync.operator.Controls;
import io.yotposync.outbox.FailureClass;
import io.yotposync.store.StoreKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WishTest {

    private final Controls controls = mock(Controls.class);
    private final By operator = By.of("jo", "because");

    @ParameterizedTest
    @CsvSource({
        "enable, enable",
        "disable, disable",
        "pause, pause",
        "resume, resume",
        "retry, retry",
        "resend, resend",
        "start-backfill, startBackfill",
        "stop-backfill, stopBackfill",
        "proceed, proceed",
        "start-over, startOver",
        "dry-run, dryRun",
        "read-back, readBack"
    })
    void everyActionIsItsOwn(String action, String control) {
        new Wish("default", "7", null, "sweep").carryOut(action, controls, operator);

        assertThat(mockingDetails(controls).getInvocations())
                .singleElement()
                .extracting(call -> call.getMethod().getName())
                .isEqualTo(control);
    }

    @Test
    void whoNamesWhatIsToBeTriedAgainHasNothingElseTriedAgain() {
        new Wish("default", " 7", "validation", null).carryOut("retry", controls, operator);
        verify(controls).retry(StoreKey.DEFAULT, FailureClass.VALIDATION, "7", operator);

        new Wish(null, null, " ", null).carryOut("retry", controls, operator);
        verify(controls).retry(null, null, null, operator);
    }
}
