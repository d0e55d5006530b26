package io.yotposync.dispatch;

import java.util.ArrayDeque;
import java.util.Deque;

/** How many requests a second others make to the same store, as far as its headers tell. Not thread-safe. */
final class OtherClients {

    /** Where Yotpo counts by whole seconds, the others show only now and then. */
    private static final long MEMORY = 12_000_000_000L;

    private static final int LEAST = 3;

    private final int permitted;
    private final Deque<Seen> seen = new ArrayDeque<>();

    private record Seen(int count, long at) {}

    OtherClients(int permitted) {
        this.permitted = permitted;
    }

    /**
     * @param remaining as Yotpo said
     * @param own how many of its count can be ours, rather too many than too few
     */
    void seen(int remaining, int own, long now) {
        seen.addLast(new Seen(Math.max(0, permitted - remaining - own), now));
        forget(now);
    }

    /** The most that was seen lately; the last few answers count however old they are. */
    int count(long now) {
        forget(now);
        return seen.stream().mapToInt(Seen::count).max().orElse(0);
    }

    boolean areKnown() {
        return !seen.isEmpty();
    }

    private void forget(long now) {
        while (seen.size() > LEAST && now - seen.getFirst().at > MEMORY) {
            seen.removeFirst();
        }
    }
}
