package io.yotposync.dispatch;

import io.yotposync.client.RateHeaders;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * When a store's next request may go, so that Yotpo need not refuse it. Starts at the permitted rate and keeps, in any
 * window of a second, as many requests as are permitted, less those that others were seen to make:
 *
 * <ul>
 *   <li>A request that took unusually long may have arrived late; its place is free again that much later.
 *   <li>{@code RateLimit-Remaining} tells how many requests Yotpo has counted. Those that were not ours are another
 *       integration's, and are left to it, down to a fair share.
 *   <li>Nothing remaining and more than a second to the reset: nothing goes until then.
 *   <li>Refused all the same: slower by a fifth, and back slowly; quickly if nobody else is seen, or up to the fair
 *       share. The window is kept a little longer for a while, for the way to Yotpo may vary more than it seemed.
 *   <li>After an outage: from a fifth of the rate up to all of it within seconds.
 * </ul>
 *
 * Thread-safe; all times are of one monotonic clock, in nanoseconds.
 */
final class AdaptiveRate {

    private static final long SECOND = 1_000_000_000L;
    private static final long MILLI = 1_000_000L;

    /** Requests follow each other a little closer than evenly, to catch up after a hold-up. */
    private static final double CLOSEST = 0.8;

    private static final double SLOWER = 0.8;
    private static final double SLOWEST = 0.1;

    /** A request in two seconds: enough to notice that it is better again. */
    private static final double LEAST = 0.5;

    private static final double FAIR_SHARE = 0.4;
    private static final double RAMP_FROM = 0.2;
    private static final double RAMP_PER_SECOND = 0.1;
    private static final long FIRST_GUARD = 12 * MILLI;
    private static final long MORE_GUARD = 10 * MILLI;
    private static final double GUARD_PER_SECOND = 0.05 * MILLI;
    private static final long MOST_GUARD = 60 * MILLI;
    private static final double QUICK_RECOVERY = 0.05;
    private static final double SLOW_RECOVERY = 0.0025;

    private final double permitted;
    private final Latency latency = new Latency();
    private final OtherClients others;
    private final Deque<Sent> sent = new ArrayDeque<>();

    private double cut = 1;
    private double ramp = 1;
    private long guard = FIRST_GUARD;
    private long updatedAt;
    private long cutAt = Long.MIN_VALUE;
    private long pausedUntil = Long.MIN_VALUE;
    private @Nullable Sent last;

    /** A request under way or done; guarded by its rate. */
    static final class Sent {

        private final long at;
        private long late = -1;

        private Sent(long at) {
            this.at = at;
        }
    }

    /** @param permitted requests a second; 0 for no limit */
    AdaptiveRate(double permitted, long now) {
        this.permitted = permitted;
        this.others = new OtherClients((int) permitted);
        this.updatedAt = now;
    }

    /** How long until the next request may go; 0 if it may go now. */
    synchronized long nanosUntilNext(long now) {
        long wait = Math.max(0, pausedUntil == Long.MIN_VALUE ? 0 : pausedUntil - now);
        if (permitted == 0) {
            return wait;
        }
        double rate = current(now);
        if (last != null) {
            wait = Math.max(wait, last.at + Math.round(SECOND * CLOSEST / rate) - now);
        }
        int places = (int) Math.ceil(rate);
        long window = Math.round(SECOND * places / rate) + guard();
        forgetBefore(now - 2 * window - SECOND);
        long busySince = latestBut(places, now);
        return busySince == Long.MIN_VALUE ? wait : Math.max(wait, busySince + window - now);
    }

    /** When the place that becomes free next was taken; nothing if one is free. */
    private long latestBut(int places, long now) {
        if (sent.size() < places) {
            return Long.MIN_VALUE;
        }
        long[] taken = sent.stream()
                .mapToLong(each -> each.at + late(each, now))
                .sorted()
                .toArray();
        return taken[taken.length - places];
    }

    private long late(Sent request, long now) {
        return request.late >= 0 ? request.late : latency.excess(now - request.at);
    }

    private void forgetBefore(long horizon) {
        Iterator<Sent> oldest = sent.iterator();
        while (oldest.hasNext()) {
            Sent request = oldest.next();
            if (request.at >= horizon) {
                return;
            }
            if (request.late >= 0) {
                oldest.remove();
            }
        }
    }

    /** Takes a place if one is free, as one step: stores that share an account wait for the same one. */
    synchronized @Nullable Sent take(long now) {
        return nanosUntilNext(now) > 0 ? null : send(now);
    }

    /** Takes a place. */
    synchronized Sent send(long now) {
        Sent request = new Sent(now);
        if (permitted > 0) {
            sent.addLast(request);
            last = request;
        }
        return request;
    }

    /** A request had no answer. */
    synchronized void unanswered(Sent request, long now) {
        request.late = latency.excess(now - request.at);
    }

    /** A request was answered, and not for being too fast. */
    synchronized void answered(Sent request, RateHeaders said, long now) {
        unanswered(request, now);
        latency.took(now - request.at);
        update(now);
        learn(request, said, now);
    }

    /** A request came too fast. */
    synchronized void refused(Sent request, RateHeaders said, Duration wait, long now) {
        double rate = permitted == 0 ? 0 : current(now);
        answered(request, said, now);
        pause(now + wait.toNanos());
        // All that was under way is refused together; it is one mistake.
        if (permitted > 0 && (cutAt == Long.MIN_VALUE || request.at - cutAt >= 0)) {
            cut = Math.max(SLOWEST, Math.min(cut, rate / permitted) * SLOWER);
            cutAt = now;
            guard = Math.min(MOST_GUARD, guard() + MORE_GUARD);
        }
    }

    private void learn(Sent request, RateHeaders said, long now) {
        Integer remaining = said.remaining();
        Duration reset = said.reset();
        if (permitted == 0 || remaining == null) {
            return;
        }
        if (reset != null && reset.toNanos() > SECOND) {
            if (remaining == 0) {
                pause(now + reset.toNanos());
            }
            return; // not a window of one second: says nothing about others
        }
        long slack = Math.min(100 * MILLI, Math.max(30 * MILLI, Math.round(SECOND / permitted / 2)));
        long from = request.at - SECOND - guard() * 3 / 4; // Yotpo has forgotten what is older: it let this one in
        long to = request.at + slack;
        int own = 0;
        for (Iterator<Sent> newest = sent.descendingIterator(); newest.hasNext(); ) {
            long at = newest.next().at;
            if (at < from) {
                break;
            }
            own += at <= to ? 1 : 0;
        }
        others.seen(remaining, own, now);
    }

    /** By how much the window is longer than a second, since requests do not arrive as evenly as they go. */
    private long guard() {
        return Math.max(guard, latency.jitter());
    }

    private void pause(long until) {
        if (pausedUntil == Long.MIN_VALUE || until - pausedUntil > 0) {
            pausedUntil = until;
        }
    }

    private void update(long now) {
        double seconds = Math.max(0, now - updatedAt) / (double) SECOND;
        updatedAt = now;
        boolean alone = others.areKnown() && others.count(now) == 0;
        boolean quickly = alone || cut < FAIR_SHARE;
        cut = Math.min(1, cut + seconds * (quickly ? QUICK_RECOVERY : SLOW_RECOVERY));
        ramp = Math.min(1, ramp + seconds * RAMP_PER_SECOND);
        guard = Math.max(0, guard - Math.round(seconds * GUARD_PER_SECOND));
    }

    /** The store answers again after an outage; the backlog is not let loose on it at once. */
    synchronized void startSlowly(long now) {
        update(now);
        ramp = RAMP_FROM;
    }

    /** Requests a second at the moment; 0 for no limit. */
    synchronized double current(long now) {
        update(now);
        double left = Math.max(permitted * FAIR_SHARE, permitted - others.count(now));
        return Math.max(slowest(), Math.min(permitted * Math.min(cut, ramp), left));
    }

    private double slowest() {
        return Math.min(permitted, LEAST);
    }

    /** The longest time from one request to the next, unless Yotpo says otherwise. */
    Duration longestStep() {
        return permitted == 0 ? Duration.ZERO : Duration.ofNanos(Math.round(SECOND / slowest()));
    }
}
