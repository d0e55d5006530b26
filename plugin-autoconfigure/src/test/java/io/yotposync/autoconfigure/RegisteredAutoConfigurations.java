package io.yotposync.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.springframework.util.ClassUtils;

/** What a host finds in our own imports file. */
public final class RegisteredAutoConfigurations {

    private static final String FILE =
            "/META-INF/spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports";

    private RegisteredAutoConfigurations() {}

    public static Class<?>[] classes() {
        try (var in = Objects.requireNonNull(YotpoSyncAutoConfiguration.class.getResourceAsStream(FILE))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("io.yotposync."))
                    .map(name -> ClassUtils.resolveClassName(name, null))
                    .toArray(Class<?>[]::new);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }
}
