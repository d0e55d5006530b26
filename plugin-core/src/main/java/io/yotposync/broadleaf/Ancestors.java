package io.yotposync.broadleaf;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a class is: itself, its interfaces, and then the same of its superclass. */
final class Ancestors {

    private Ancestors() {}

    static Stream<Class<?>> of(@Nullable Class<?> type) {
        return type == null
                ? Stream.empty()
                : Stream.concat(
                        Stream.concat(
                                Stream.of(type), Stream.of(type.getInterfaces()).flatMap(Ancestors::of)),
                        of(type.getSuperclass()));
    }
}
