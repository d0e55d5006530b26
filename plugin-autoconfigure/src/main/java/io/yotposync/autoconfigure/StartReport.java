package io.yotposync.autoconfigure;

import io.yotposync.identity.AllowList;
import io.yotposync.store.IdentifierSettings;
import io.yotposync.store.MappingSettings;
import io.yotposync.store.StoreSettings;
import io.yotposync.store.StoreSwitch;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says at start, in one line, what the plugin will do; and warns of what is deprecated, or set without effect. */
final class StartReport {

    static final String OFF = "Yotpo sync is inactive: yotpo.sync.enabled is false";

    private static final Logger LOG = LoggerFactory.getLogger("io.yotposync");

    private final StoreSwitch stores;
    private final AllowList allowed;
    private final String outbox;
    private final String node;
    private final Host host;

    /**
     * What it is in.
     *
     * @param enabled whether anything is to be done at all
     * @param eventsOnAnExecutor whether Broadleaf's events come on other threads than the saving ones
     * @param customersCanBeRead whether there is a source of customers
     * @param readingCustomers settings that do nothing without one
     */
    record Host(
            boolean enabled, boolean eventsOnAnExecutor, boolean customersCanBeRead, List<String> readingCustomers) {}

    /** @param node this node's name among those that share the outbox */
    StartReport(StoreSwitch stores, AllowList allowed, String outbox, String node, Host host) {
        this.stores = stores;
        this.allowed = allowed;
        this.outbox = outbox;
        this.node = node;
        this.host = host;
    }

    void log() {
        Collection<StoreSettings> all = stores.stores().all();
        if (!host.enabled()) {
            LOG.info(OFF);
        } else if (all.isEmpty()) {
            LOG.info("Yotpo sync is inactive: no store is configured. Set yotpo.sync.stores.default.app-key and"
                    + " yotpo.sync.stores.default.secret.");
        } else {
            refresh();
            logActive(all);
            warn(all);
        }
    }

    /** What was said at run time outlasts the process that it was said to. */
    private void refresh() {
        try {
            stores.refresh();
        } catch (RuntimeException away) {
            LOG.debug(
                    "Yotpo sync: the stores' states cannot be read at the start: {}",
                    away.getClass().getName());
        }
    }

    private void logActive(Collection<StoreSettings> all) {
        List<String> each = all.stream().map(this::describe).sorted().toList();
        LOG.info(
                "Yotpo sync is active for {}; outbox: {}{}; node {}",
                String.join(", ", each),
                outbox,
                host.customersCanBeRead() ? "" : "; no CustomerSource, so nothing is scanned",
                node);
    }

    private void warn(Collection<StoreSettings> all) {
        if (!host.customersCanBeRead()) {
            host.readingCustomers()
                    .forEach(setting ->
                            LOG.warn("Yotpo sync: {} does nothing, for there is no CustomerSource", setting));
        }
        all.forEach(StartReport::warn);
        if (host.eventsOnAnExecutor() && all.stream().anyMatch(store -> !isForEverySite(store))) {
            LOG.warn("Yotpo sync: events come on the threads of blApplicationEventMulticastTaskExecutor, where a"
                    + " customer's site is known only if a TaskDecorator carries BroadleafRequestContext over;"
                    + " customers of no known site go to store default");
        }
        if (!allowed.isEmpty()) {
            LOG.warn("Yotpo sync: only the customers that yotpo.sync.safety.only-email-domains and"
                    + " yotpo.sync.safety.only-customers name are sent");
        }
    }

    private String describe(StoreSettings store) {
        boolean paused = stores.state(store.key()).paused();
        return "store " + store.key() + (!stores.isEnabled(store) ? " (disabled)" : paused ? " (paused)" : "");
    }

    private boolean isForEverySite(StoreSettings store) {
        return stores.stores().all().size() == 1 || store.site().equals(StoreSettings.EVERY_SITE);
    }

    private static void warn(StoreSettings store) {
        String prefix = "yotpo.sync.stores." + store.key();
        if (store.identifier().phoneNumber()) {
            LOG.warn("Yotpo sync: {}.identifier.phone-number is on, but Yotpo has deprecated phone_number", prefix);
        }
        if (store.mapping().customProperties()) {
            LOG.warn("Yotpo sync: {}.custom-properties is on, but Yotpo has deprecated custom_properties", prefix);
        }
        withoutEffect(store);
    }

    /** Settings that another one of the store makes nothing of. */
    private static void withoutEffect(StoreSettings store) {
        IdentifierSettings identifier = store.identifier();
        if (identifier.prefer() == IdentifierSettings.Preference.PHONE && !identifier.phoneNumber()) {
            LOG.warn(
                    "Yotpo sync: identifier.prefer=phone of store {} does nothing without identifier.phone-number=true",
                    store.key());
        }
        MappingSettings mapping = store.mapping();
        if (!mapping.customProperties()) {
            mapping.attributes().entrySet().stream()
                    .filter(each -> each.getValue().strip().startsWith("custom_properties."))
                    .map(Map.Entry::getKey)
                    .sorted()
                    .findFirst()
                    .ifPresent(name -> LOG.warn(
                            "Yotpo sync: attributes.{} of store {} does nothing without custom-properties=true, which"
                                    + " Yotpo has deprecated",
                            name,
                            store.key()));
        }
    }
}
