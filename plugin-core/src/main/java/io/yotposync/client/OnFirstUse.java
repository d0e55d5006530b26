package io.yotposync.client;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes a thing when it is first asked for, once, and again after a failure; forgets it at its end. Thread-safe. */
final class OnFirstUse<T> implements Supplier<T>, AutoCloseable {

    private final Supplier<T> maker;
    private @Nullable T made;
    private boolean closed;

    OnFirstUse(Supplier<T> maker) {
        this.maker = maker;
    }

    @Override
    public synchronized T get() {
        if (closed) {
            throw new IllegalStateException("closed");
        }
        T present = made;
        if (present == null) {
            present = maker.get();
            made = present;
        }
        return present;
    }

    @Override
    public synchronized void close() {
        closed = true;
        made = null;
    }
}
