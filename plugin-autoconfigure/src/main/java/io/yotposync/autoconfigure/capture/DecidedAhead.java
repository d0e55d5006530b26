package io.yotposync.autoconfigure.capture;

import io.yotposync.autoconfigure.properties.OutboxProperties.Capture;
import io.yotposync.autoconfigure.properties.SyncSettings;
import io.yotposync.store.InvalidSettingException;
import java.util.Locale;

/** What beans there are, Spring AOT decides when the application is built; properties may say otherwise when it runs. */
final class DecidedAhead {

    private DecidedAhead() {}

    /** @param decided how states come in with the beans that there are */
    static void check(SyncSettings settings, Capture decided) {
        Capture wanted = settings.outbox().capture();
        if (wanted != decided && settings.properties().enabled()) {
            throw new InvalidSettingException(
                    "yotpo.sync.outbox.capture",
                    "is " + word(wanted) + ", but the application was built ahead of time with " + word(decided),
                    "Set the property when Spring AOT processes the application too, or start with"
                            + " -Dspring.aot.enabled=false.");
        }
    }

    private static String word(Capture capture) {
        return capture.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
