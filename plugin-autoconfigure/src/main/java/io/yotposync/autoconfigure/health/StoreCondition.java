package io.yotposync.autoconfigure.health;

import io.yotposync.operator.StoreHealth;
import io.yotposync.outbox.Outbox;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreSwitch;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * One store's health, in the words of no line of Boot.
 *
 * @param status {@code DOWN} only for what an operator must act on, otherwise {@code UP}
 */
record StoreCondition(String status, Map<String, Object> details) {

    /** One component a store, by the stores' keys. */
    static <T> Map<String, T> ofEach(
            StoreSwitch stores, StoreHealth health, Outbox outbox, Function<Supplier<StoreCondition>, T> component) {
        boolean durable = outbox.durable();
        Map<String, T> each = new LinkedHashMap<>();
        stores.stores().all().forEach(store -> {
            StoreKey key = store.key();
            each.put(key.value(), component.apply(() -> of(key, stores, health, durable)));
        });
        return each;
    }

    private static StoreCondition of(StoreKey store, StoreSwitch stores, StoreHealth health, boolean durable) {
        Optional<String> trouble = Stream.of(
                        health.trouble(store).map(what -> "store " + what),
                        health.outboxTrouble().map(what -> "outbox " + what))
                .flatMap(Optional::stream)
                .findFirst();
        Map<String, Object> details = new LinkedHashMap<>();
        trouble.ifPresent(what -> details.put("trouble", what));
        details.put("enabled", stores.isEnabled(stores.stores().get(store)));
        details.put("paused", stores.state(store).paused());
        details.put("outbox", durable ? "durable" : "memory, not durable");
        return new StoreCondition(trouble.isEmpty() ? "UP" : "DOWN", details);
    }
}
