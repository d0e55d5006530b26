package io.yotposync.scan;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Numbers by what they count; what is not there is 0. Immutable. */
public record ScanCounts(Map<Tally, Long> numbers) {

    public static final ScanCounts NONE = new ScanCounts(Map.of());

    public ScanCounts {
        numbers = Map.copyOf(numbers);
    }

    public long of(Tally tally) {
        return numbers.getOrDefault(tally, 0L);
    }

    public boolean has(Tally flag) {
        return of(flag) > 0;
    }

    public ScanCounts with(Tally tally, long value) {
        Map<Tally, Long> copy = new EnumMap<>(Tally.class);
        copy.putAll(numbers);
        copy.put(tally, value);
        return new ScanCounts(copy);
    }

    /** What the scan was told at its beginning, without what it counted since. */
    ScanCounts wishes() {
        return NONE.with(Tally.WITH_CONSENT, of(Tally.WITH_CONSENT)).with(Tally.URGENT, of(Tally.URGENT));
    }

    public ScanCounts plus(ScanCounts more) {
        Map<Tally, Long> sum = new EnumMap<>(Tally.class);
        sum.putAll(numbers);
        more.numbers.forEach((tally, number) -> sum.merge(tally, number, Long::sum));
        return new ScanCounts(sum);
    }

    /** As stored: {@code SCANNED=5,UNCHANGED=3}. */
    public String text() {
        return numbers.entrySet().stream()
                .filter(entry -> entry.getValue() != 0)
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(","));
    }

    /** Reads {@link #text()}; what another version of the plugin counted is passed over. */
    public static ScanCounts parse(String text) {
        Map<Tally, Long> numbers = new EnumMap<>(Tally.class);
        for (String each : text.split(",", -1)) {
            for (Tally tally : Tally.values()) {
                if (each.startsWith(tally.name() + "=")) {
                    numbers.put(
                            tally, Long.parseLong(each.substring(tally.name().length() + 1)));
                }
            }
        }
        return new ScanCounts(numbers);
    }
}
