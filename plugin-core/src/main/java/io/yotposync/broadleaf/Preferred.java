package io.yotposync.broadleaf;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Of what a customer may have several of: the default, or the first active one where none is; none that was archived. */
final class Preferred {

    private Preferred() {}

    /** @param links from the customer to each */
    static <L, T> @Nullable T of(
            @Nullable List<L> links,
            Reading reading,
            Function<L, @Nullable T> target,
            Predicate<T> isActive,
            Predicate<T> isDefault) {
        if (links == null) {
            return null;
        }
        T first = null;
        for (L each : links) {
            T one = each == null || Archived.is(each, reading) ? null : reading.reach(target.apply(each));
            if (one == null || !isActive.test(one)) {
                continue;
            }
            if (isDefault.test(one)) {
                return one;
            }
            first = first == null ? one : first;
        }
        return first;
    }
}
