package io.yotposync.autoconfigure.health;

import io.yotposync.operator.StoreHealth;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreSwitch;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One store's health, in the words of no line of Boot.
 *
 * @param up whether there is nothing that an operator must act on
 */
record StoreCondition(boolean up, Map<String, Object> details) {

    /**
     * Where conditions come from.
     *
     * @param durable whether what waits survives the end of the process
     */
    record Source(StoreSwitch stores, StoreHealth health, boolean durable) {

        StoreCondition of(StoreKey store) {
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
            return new StoreCondition(trouble.isEmpty(), details);
        }

        /** By the stores' keys. */
        <T> Map<String, T> each(Function<StoreKey, T> indicator) {
            Map<String, T> each = new LinkedHashMap<>();
            stores.stores().all().forEach(store -> each.put(store.key().value(), indicator.apply(store.key())));
            return each;
        }
    }
}
