package io.yotposync.scan;

import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a log may say of a fault: where it came from. A host's messages may quote a customer. */
final class Causes {

    private static final int DEEPEST = 10;

    private Causes() {}

    static String of(Throwable fault) {
        return Stream.iterate(fault, Objects::nonNull, Throwable::getCause)
                .limit(DEEPEST)
                .map(Causes::one)
                .collect(Collectors.joining(", because of "));
    }

    private static String one(Throwable fault) {
        StackTraceElement[] trace = fault.getStackTrace();
        return fault.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0]);
    }
}
