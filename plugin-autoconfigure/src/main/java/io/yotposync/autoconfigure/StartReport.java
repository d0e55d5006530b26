package io.yotposync.autoconfigure;

import io.yotposync.store.StoreSettings;
import io.yotposync.store.StoreStates;
import io.yotposync.store.Stores;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says at start, in one line, what the plugin will do; and warns of what is deprecated. */
final class StartReport {

    private static final Logger LOG = LoggerFactory.getLogger("io.yotposync");

    private final Stores stores;
    private final StoreStates states;
    private final String outbox;

    StartReport(Stores stores, StoreStates states, String outbox) {
        this.stores = stores;
        this.states = states;
        this.outbox = outbox;
    }

    void log() {
        if (stores.all().isEmpty()) {
            LOG.info("Yotpo sync is inactive: no store is configured. Set yotpo.sync.stores.default.app-key and"
                    + " yotpo.sync.stores.default.secret.");
            return;
        }
        List<String> each = stores.all().stream().map(this::describe).sorted().toList();
        LOG.info("Yotpo sync is active for {}; outbox: {}", String.join(", ", each), outbox);
        stores.all().forEach(StartReport::warn);
    }

    private String describe(StoreSettings store) {
        Boolean atRunTime = states.get(store.key()).enabled();
        boolean enabled = atRunTime == null ? store.enabled() : atRunTime;
        return "store " + store.key() + (enabled ? "" : " (disabled)");
    }

    private static void warn(StoreSettings store) {
        String prefix = "yotpo.sync.stores." + store.key();
        if (store.identifier().phoneNumber()) {
            LOG.warn("Yotpo sync: {}.identifier.phone-number is on, but Yotpo has deprecated phone_number", prefix);
        }
        if (store.mapping().customProperties()) {
            LOG.warn("Yotpo sync: {}.custom-properties is on, but Yotpo has deprecated custom_properties", prefix);
        }
    }
}
