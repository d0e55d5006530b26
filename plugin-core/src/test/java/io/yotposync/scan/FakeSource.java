package io.yotposync.scan;

import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.source.CustomerSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A host's customers in memory, by number; tells what was read. */
final class FakeSource implements CustomerSource {

    final TreeMap<Long, CustomerSnapshot> customers = new TreeMap<>();
    final List<String> read = new ArrayList<>();
    final Set<String> unreadable = new HashSet<>();

    /** Whose reading ends in an error. */
    final Set<String> endless = new HashSet<>();

    /** Who changed lately, by what the snapshot does not tell. */
    final Set<String> changed = new HashSet<>();

    /** Whether it tells of one alone whom it cannot read, as Broadleaf's does. */
    boolean tellsOfOneAlone;

    boolean broken;
    int faults;
    boolean counts = true;
    boolean countsInTime = true;
    Runnable afterExisting = () -> {};

    @Override
    public Set<String> existing(java.util.Collection<String> ids) {
        Set<String> found = CustomerSource.super.existing(ids);
        afterExisting.run();
        return found;
    }

    void put(CustomerSnapshot customer) {
        customers.put(Long.valueOf(customer.id()), customer);
    }

    void remove(int id) {
        customers.remove((long) id);
    }

    @Override
    public List<String> idsAfter(@Nullable String after, int max) {
        return idsChangedSince(Instant.EPOCH, after, max);
    }

    @Override
    public List<String> idsChangedSince(Instant since, @Nullable String after, int max) {
        if (broken) {
            throw new IllegalStateException("the host's database is away");
        }
        return customers.tailMap(after == null ? 0L : Long.parseLong(after), false).values().stream()
                .filter(customer -> since.equals(Instant.EPOCH)
                        || changed.contains(customer.id())
                        || customer.sourceVersion() >= since.toEpochMilli())
                .map(CustomerSnapshot::id)
                .limit(max)
                .toList();
    }

    @Override
    public Optional<CustomerSnapshot> find(String id) {
        if (endless.contains(id)) {
            throw new StackOverflowError();
        }
        if (tellsOfOneAlone && unreadable.contains(id)) {
            return Optional.of(CustomerSnapshot.of(id).partial(true).build());
        }
        if (broken || unreadable.contains(id) || faults-- > 0) {
            throw new IllegalStateException("the host's database is away");
        }
        read.add(id);
        return Optional.ofNullable(customers.get(Long.valueOf(id)));
    }

    @Override
    public List<CustomerSnapshot> findAll(List<String> ids) {
        if (tellsOfOneAlone && ids.size() > 1 && unreadable.containsAll(ids)) {
            throw new IllegalStateException("nobody can be read");
        }
        return CustomerSource.super.findAll(ids);
    }

    @Override
    public OptionalLong count() {
        if (!countsInTime) {
            throw new IllegalStateException("it took too long");
        }
        return counts ? OptionalLong.of(customers.size()) : OptionalLong.empty();
    }
}
