package io.yotposync.sample.browser;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;

/** One browser for all classes that ask for it, ended with the last test of all. */
public final class Browser implements BeforeAllCallback {

    private @Nullable Chromium chromium;

    private record Running(Chromium chromium) implements CloseableResource {

        @Override
        public void close() {
            chromium.close();
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        chromium = context.getRoot()
                .getStore(Namespace.create(Browser.class))
                .getOrComputeIfAbsent(Running.class, any -> new Running(Chromium.start()), Running.class)
                .chromium();
    }

    public DevTools tools() {
        return Objects.requireNonNull(chromium).tools();
    }
}
