package io.yotposync.operator;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Facts as people read them. */
final class Texts {

    private Texts() {}

    /** To the second, in UTC. */
    static String time(@Nullable Instant moment) {
        return moment == null
                ? "a time not known"
                : moment.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
