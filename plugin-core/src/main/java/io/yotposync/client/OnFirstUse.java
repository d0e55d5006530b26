package io.yotposync.client;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes a thing when it is first asked for, once, and again after a failure. Thread-safe. */
final class OnFirstUse<T> implements Supplier<T> {

    private final Supplier<T> maker;
    private @Nullable T made;

    OnFirstUse(Supplier<T> maker) {
        this.maker = maker;
    }

    @Override
    public synchronized T get() {
        T present = made;
        if (present == null) {
            present = maker.get();
            made = present;
        }
        return present;
    }
}
