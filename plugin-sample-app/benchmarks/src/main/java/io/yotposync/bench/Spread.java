package io.yotposync.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** One figure measured several times. */
final class Spread {

    private final List<Double> values = new ArrayList<>();

    void add(double value) {
        values.add(value);
    }

    double median() {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    double least() {
        return Collections.min(values);
    }

    double most() {
        return Collections.max(values);
    }

    /** From the lowest to the highest. */
    String range() {
        return Table.number(least()) + "–" + Table.number(most());
    }
}
