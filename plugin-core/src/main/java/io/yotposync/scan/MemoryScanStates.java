package io.yotposync.scan;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One process's own: nobody else could scan. */
final class MemoryScanStates implements ScanStates {

    private final Map<ScanJob, ScanState> states = new ConcurrentHashMap<>();

    @Override
    public Optional<ScanState> find(ScanJob job) {
        return Optional.ofNullable(states.get(job));
    }

    @Override
    public List<ScanState> all() {
        return List.copyOf(states.values());
    }

    @Override
    public Optional<ScanState> update(ScanJob job, UnaryOperator<@Nullable ScanState> change) {
        return Optional.ofNullable(states.compute(job, (key, state) -> change.apply(state)));
    }

    @Override
    public boolean lease(String node, Duration length, Instant now) {
        return true;
    }

    @Override
    public void release(String node) {
        // Nobody waits for it.
    }
}
