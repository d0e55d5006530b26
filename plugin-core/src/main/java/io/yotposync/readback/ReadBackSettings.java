package io.yotposync.readback;

import io.yotposync.store.InvalidSettingException;
import java.time.Duration;

/**
 * What is asked of Yotpo to see whether it has what it acknowledged.
 *
 * @param every how often a sample is read back; zero for never
 * @param sample how many customers of each store, at most {@value ReadBack#MAX}
 * @param resend whether what is missing or drifted is sent again
 * @param visibleAfter how long Yotpo may take to show what it acknowledged
 */
public record ReadBackSettings(Duration every, int sample, boolean resend, Duration visibleAfter) {

    /** As Yotpo documents it. */
    public static final Duration VISIBLE_AFTER = Duration.ofSeconds(60);

    public static final ReadBackSettings DEFAULTS = new ReadBackSettings(Duration.ZERO, 50, false, VISIBLE_AFTER);

    public ReadBackSettings {
        if (every.isNegative()) {
            throw new InvalidSettingException("read-back.every", "must not be negative", "0 switches it off.");
        }
        if (sample < 1 || sample > ReadBack.MAX) {
            throw new InvalidSettingException(
                    "read-back.sample", "must be 1 to " + ReadBack.MAX, "50 suits most shops.");
        }
        if (visibleAfter.isNegative()) {
            throw new InvalidSettingException(
                    "read-back.visible-after", "must not be negative", "Yotpo documents 60s.");
        }
    }
}
