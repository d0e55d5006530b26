package io.yotposync.dispatch;

import java.util.ArrayDeque;
import java.util.Deque;

/** Yotpo's rate as strict as it can be: never more than so many requests in any one second. Thread-safe. */
final class SlidingWindow {

    private static final long SECOND = 1_000_000_000L;

    private final int limit;
    private final Deque<Long> taken = new ArrayDeque<>();

    SlidingWindow(int limit) {
        this.limit = limit;
    }

    /** How many more there may be, or -1 if this one was too many. */
    synchronized int take(long now) {
        while (!taken.isEmpty() && taken.getFirst() <= now - SECOND) {
            taken.removeFirst();
        }
        if (taken.size() >= limit) {
            return -1;
        }
        taken.addLast(now);
        return limit - taken.size();
    }
}
