package io.yotposync.operator;

import io.yotposync.operator.Activity.Count;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;

/** One store's counts in a ring of steps. Two threads that open a step at once may lose a count: it is for looking at. */
final class StepCounts {

    private record Line(LongAdder total, AtomicLongArray steps) {}

    private final AtomicLongArray stepOf = new AtomicLongArray(Activity.STEPS);
    private final Map<Count, Line> lines = new EnumMap<>(Count.class);

    StepCounts() {
        for (Count count : Count.values()) {
            lines.put(count, new Line(new LongAdder(), new AtomicLongArray(Activity.STEPS)));
        }
    }

    void add(Count what, long step) {
        int slot = slot(step);
        long before = stepOf.get(slot);
        if (before < step && stepOf.compareAndSet(slot, before, step)) {
            lines.values().forEach(line -> line.steps.set(slot, 0));
        }
        Line line = lines.get(what);
        if (line != null) {
            line.total.increment();
            line.steps.incrementAndGet(slot);
        }
    }

    private static int slot(long step) {
        return (int) (step % Activity.STEPS);
    }

    Map<Count, Long> totals() {
        Map<Count, Long> all = new EnumMap<>(Count.class);
        lines.forEach((count, line) -> all.put(count, line.total.sum()));
        return all;
    }

    Map<Count, List<Long>> recent(long last, int length) {
        Map<Count, List<Long>> all = new EnumMap<>(Count.class);
        lines.forEach((count, line) -> {
            List<Long> values = new ArrayList<>(length);
            LongStream.rangeClosed(last - length + 1, last).forEach(step -> values.add(at(line, step)));
            all.put(count, values);
        });
        return all;
    }

    private long at(Line line, long step) {
        int slot = slot(step);
        return stepOf.get(slot) == step ? line.steps.get(slot) : 0;
    }
}
