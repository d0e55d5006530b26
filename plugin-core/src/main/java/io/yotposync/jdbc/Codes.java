package io.yotposync.jdbc;

import io.yotposync.outbox.FailureClass;
import io.yotposync.outbox.LedgerStatus;
import io.yotposync.outbox.Origin;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How values are written in the tables. */
final class Codes {

    private Codes() {}

    static String of(LedgerStatus status) {
        return switch (status) {
            case PENDING -> "P";
            case IN_SYNC -> "S";
            case PARKED -> "D";
        };
    }

    static LedgerStatus status(String code) {
        return switch (code) {
            case "P" -> LedgerStatus.PENDING;
            case "S" -> LedgerStatus.IN_SYNC;
            case "D" -> LedgerStatus.PARKED;
            default -> throw new IllegalStateException("unknown status in the outbox's table: " + code);
        };
    }

    /** A later version of the plugin may know classes that this one does not. */
    static FailureClass failure(String name) {
        return Stream.of(FailureClass.values())
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElse(FailureClass.OURS);
    }

    /** Smaller goes first. */
    static int of(Origin origin) {
        return origin == Origin.LIVE ? 0 : 1;
    }

    static Origin origin(int code) {
        return code == 0 ? Origin.LIVE : Origin.SCAN;
    }

    static @Nullable Long millis(@Nullable Instant moment) {
        return moment == null ? null : moment.toEpochMilli();
    }

    static @Nullable Instant instant(@Nullable Number millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis.longValue());
    }

    static @Nullable String cut(@Nullable String text, int length) {
        return text == null || text.length() <= length ? text : text.substring(0, length);
    }
}
