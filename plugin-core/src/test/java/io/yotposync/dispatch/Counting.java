package io.yotposync.dispatch;

/** The ways to count a rate. Which one Yotpo's is nobody says. */
enum Counting {
    /** Never more than so many in any one second. */
    SLIDING_WINDOW {
        @Override
        Limiter limiter(int limit) {
            return new SlidingWindow(limit)::take;
        }
    },

    /** So many in each second of the clock. */
    FIXED_SECOND {
        @Override
        Limiter limiter(int limit) {
            long[] counted = {0, 0};
            return now -> {
                if (now / SECOND != counted[0]) {
                    counted[0] = now / SECOND;
                    counted[1] = 0;
                }
                return counted[1] >= limit ? -1 : (int) (limit - ++counted[1]);
            };
        }
    },

    /** So many at once, and as many more as time has passed since. */
    BUCKET {
        @Override
        Limiter limiter(int limit) {
            double[] left = {limit, 0};
            return now -> {
                left[0] = Math.min(limit, left[0] + (now - left[1]) * limit / SECOND);
                left[1] = now;
                if (left[0] < 1) {
                    return -1;
                }
                left[0]--;
                return (int) left[0];
            };
        }
    };

    private static final long SECOND = 1_000_000_000L;

    abstract Limiter limiter(int limit);

    /** Counts requests. */
    interface Limiter {

        /** How many more there may be, or -1 if this one was too many. */
        int take(long now);
    }
}
