package io.yotposync.outbox;

import io.yotposync.store.CustomerKey;
import java.time.Duration;
import java.util.Collection;

/** Keeps what a listener throws away from the threads that save and write. */
final class QuietListener implements HandOverListener {

    private final HandOverListener listener;

    QuietListener(HandOverListener listener) {
        this.listener = listener;
    }

    @Override
    public void written(Collection<Desired> states, Duration took) {
        quietly(() -> listener.written(states, took));
    }

    @Override
    public void failed(Throwable cause) {
        quietly(() -> listener.failed(cause));
    }

    @Override
    public void givenUp(CustomerKey key) {
        quietly(() -> listener.givenUp(key));
    }

    private static void quietly(Runnable call) {
        try {
            call.run();
        } catch (Throwable ignored) {
            // A listener only looks on.
        }
    }
}
