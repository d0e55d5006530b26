package io.yotposync.payload;

import java.util.Set;
import java.util.TreeSet;

/**
 * In which fields two states of a customer differ; wire names only, those of an address as {@code address.city}.
 *
 * @param added only the newer state has them
 * @param changed both have them, with other values
 * @param blanked only the older state has them; Yotpo keeps what it has of them
 */
public record FieldChanges(Set<String> added, Set<String> changed, Set<String> blanked) {

    public FieldChanges {
        added = Set.copyOf(added);
        changed = Set.copyOf(changed);
        blanked = Set.copyOf(blanked);
    }

    public boolean isEmpty() {
        return added.isEmpty() && changed.isEmpty() && blanked.isEmpty();
    }

    /** Whether a consent that was given or denied before becomes another. */
    public boolean changesConsent() {
        return changed.stream().anyMatch(FieldPrints.CONSENT::contains);
    }

    public Set<String> all() {
        Set<String> all = new TreeSet<>(added);
        all.addAll(changed);
        all.addAll(blanked);
        return all;
    }

    /** The same with a consent that was never told as a change: Yotpo may have another one from the shopper. */
    public FieldChanges withConsentAsChange() {
        Set<String> more = new TreeSet<>(changed);
        added.stream().filter(FieldPrints.CONSENT::contains).forEach(more::add);
        return new FieldChanges(minus(added, FieldPrints.CONSENT), more, blanked);
    }

    /** The same without some fields. */
    public FieldChanges without(Set<String> fields) {
        return new FieldChanges(minus(added, fields), minus(changed, fields), minus(blanked, fields));
    }

    private static Set<String> minus(Set<String> set, Set<String> fields) {
        Set<String> rest = new TreeSet<>(set);
        rest.removeAll(fields);
        return rest;
    }
}
