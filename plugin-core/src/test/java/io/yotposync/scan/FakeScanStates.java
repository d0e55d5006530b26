package io.yotposync.scan;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Shared by nodes of one process, with a lease that ends. */
final class FakeScanStates implements ScanStates {

    private final ScanStates states = ScanStates.inMemory();
    private @Nullable String holder;
    private Instant until = Instant.MIN;
    volatile boolean broken;
    volatile boolean failed;

    @Override
    public Optional<ScanState> find(ScanJob job) {
        return states.find(job);
    }

    @Override
    public List<ScanState> all() {
        return states.all();
    }

    @Override
    public Optional<ScanState> update(ScanJob job, UnaryOperator<@Nullable ScanState> change) {
        if (broken) {
            failed = true;
            throw new IllegalStateException("the ledger's database is away");
        }
        return states.update(job, change);
    }

    @Override
    public boolean lease(String node, Duration length, Instant now) {
        if (!node.equals(holder) && until.isAfter(now)) {
            return false;
        }
        holder = node;
        until = now.plus(length);
        return true;
    }

    @Override
    public void release(String node) {
        if (node.equals(holder)) {
            until = Instant.MIN;
        }
    }
}
