package io.yotposync.autoconfigure.capture;

import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.customer.SourceVersions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Of each customer that a transaction saves the last state, and from its first savepoint on what was changed since. */
final class LastSaid {

    private final Map<Who, Said> customers = new LinkedHashMap<>();

    /** Of each, how much had changed by then. */
    private final Map<Object, Integer> savepoints = new HashMap<>();

    private final List<Change> changes = new ArrayList<>();

    /** A customer of two sites may go to two stores. */
    private record Who(String id, Set<String> sites) {}

    /** Before the host's last flush, which may give the customer a time that the next event tells. */
    private record Said(CustomerSnapshot customer, Instant at) {

        Said or(Said later) {
            long version = later.customer.sourceVersion();
            boolean older = version > 0 && SourceVersions.outranksUpTo(version) < customer.sourceVersion();
            return older ? this : later;
        }
    }

    private record Change(Who who, @Nullable Said before) {}

    void add(CustomerSnapshot customer, Instant now) {
        Who who = new Who(customer.id(), customer.sites());
        Said said = new Said(customer, now);
        Said before = customers.get(who);
        customers.put(who, before == null ? said : before.or(said));
        if (!savepoints.isEmpty()) {
            changes.add(new Change(who, before));
        }
    }

    void savepoint(Object savepoint) {
        savepoints.put(savepoint, changes.size());
    }

    /** One that is not known is older than the first customer. */
    void backTo(Object savepoint) {
        Integer kept = savepoints.get(savepoint);
        if (kept == null) {
            customers.clear();
            changes.clear();
            return;
        }
        for (int last = changes.size() - 1; last >= kept; last--) {
            Change change = changes.remove(last);
            customers.compute(change.who(), (who, now) -> change.before());
        }
    }

    List<CustomerSnapshot> states() {
        return customers.values().stream()
                .map(said -> said.customer().saidAt(said.at()))
                .toList();
    }
}
