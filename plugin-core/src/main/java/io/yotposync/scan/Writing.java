package io.yotposync.scan;

import io.yotposync.observe.CustomerFaults;
import io.yotposync.observe.StorageFault;
import io.yotposync.outbox.Desired;
import io.yotposync.store.CustomerKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Writes what a batch comes to. A customer whom the database cannot hold, such as for a letter that its encoding lacks, is
 * passed over: a scan must not wait there for good. Used on the scanning thread.
 */
final class Writing {

    private final ScanPorts ports;
    private final Duration grace;
    private final CustomerFaults faults = new CustomerFaults(Writing.class, "written");

    /** @param grace how long a row must have been left alone to be deleted */
    Writing(ScanPorts ports, Duration grace) {
        this.ports = ports;
        this.grace = grace;
    }

    /** What is otherwise than the batch counted; empty if not all found room, so that it has to be done again. */
    Optional<ScanCounts> write(Step step, Instant now) {
        List<Desired> states = new ArrayList<>(step.states());
        Set<CustomerKey> refused = states.isEmpty() ? Set.of() : upsert(step.states(), states, now);
        for (Desired state : states) {
            ports.forget().accept(state.key());
            if (!refused.contains(state.key())) {
                ports.written().accept(state);
            }
        }
        if (!refused.isEmpty()) {
            return Optional.empty();
        }
        if (!step.purge().isEmpty()) {
            ports.outbox().forget(step.purge(), now.minus(grace));
            step.purge().forEach(ports.forget());
        }
        return Optional.of(passedOver(step.states().size() - (long) states.size()));
    }

    private static ScanCounts passedOver(long customers) {
        return customers == 0
                ? ScanCounts.NONE
                : new ScanCounts(Map.of(Tally.ENQUEUED, -customers, Tally.SKIPPED_FAILED, customers));
    }

    /**
     * Writes them together if that can be, and else by halves.
     *
     * @param taken loses those whom the database cannot hold
     * @return those that found no room
     */
    private Set<CustomerKey> upsert(List<Desired> some, List<Desired> taken, Instant now) {
        try {
            return ports.outbox().upsert(some, now);
        } catch (RuntimeException fault) {
            if (!StorageFault.isOfTheData(fault)) {
                throw fault;
            }
            if (some.size() == 1) {
                CustomerKey key = some.get(0).key();
                faults.tell(key.store(), key.customerId(), fault);
                taken.removeAll(some);
                return Set.of();
            }
        }
        int half = some.size() / 2;
        Set<CustomerKey> refused = new HashSet<>(upsert(some.subList(0, half), taken, now));
        refused.addAll(upsert(some.subList(half, some.size()), taken, now));
        return refused;
    }
}
