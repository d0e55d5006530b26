package io.yotposync.autoconfigure.health;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Moves {@code yotpo} out of the host's overall health into a group of its own, which is shown as that one is: whatever
 * happens to Yotpo must not take the host out of its load balancer. Knows no class of Boot's, for they have moved.
 *
 * @param <G> a line's type of groups
 * @param others the host's overall health with nothing of ours
 * @param ours the same with nothing else
 */
record OwnHealth<G>(G others, G ours) {

    static final String GROUP = "yotpo-sync";
    private static final String NAME = "yotpo";

    /** Nothing is called so: who takes it takes whatever there is. */
    static final String ANYTHING = "yotpo-sync-anything";

    /** @param group narrows the first down to what is ours, or to what is not */
    static <G> OwnHealth<G> within(G overall, BiFunction<G, Boolean, G> group) {
        return new OwnHealth<>(group.apply(overall, false), group.apply(overall, true));
    }

    Set<String> names(Set<String> configured) {
        Set<String> names = new LinkedHashSet<>(configured);
        names.add(GROUP);
        return names;
    }

    /**
     * The host may have configured a group of that name. In its others we are only where they do not simply take all.
     *
     * @param named whether the host's group takes components by name, and not whatever there is
     * @param group narrows the first down to what is ours, or to what is not
     */
    @Nullable
    G get(String name, @Nullable G configured, Predicate<G> named, BiFunction<G, Boolean, G> group) {
        if (configured == null) {
            return name.equals(GROUP) ? ours : null;
        }
        return name.equals(GROUP) || named.test(configured) ? configured : group.apply(configured, false);
    }

    /** Newer lines ask for each component, by the names of those around it. */
    static boolean isMember(String component, boolean ours, Predicate<String> overall) {
        boolean isOurs = component.equals(NAME) || component.startsWith(NAME + "/");
        return ours ? isOurs : !isOurs && overall.test(component);
    }
}
