package io.yotposync.dispatch;

/** How many sends may be under way: one while a store proves itself, one more with each success. Not thread-safe. */
final class Ramp {

    private final int most;
    private int allowed;

    Ramp(int most) {
        this.most = most;
        this.allowed = most;
    }

    int allowed() {
        return allowed;
    }

    void succeeded() {
        allowed = Math.min(most, allowed + 1);
    }

    void startOver() {
        allowed = 1;
    }
}
