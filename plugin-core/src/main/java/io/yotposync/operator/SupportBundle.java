package io.yotposync.operator;

import io.yotposync.store.StoreSettings;
import io.yotposync.store.StoreSwitch;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What someone who helps needs to see: versions, settings, states, errors. No personal data, and of secrets only whether
 * they are there. May do I/O. Thread-safe.
 */
public final class SupportBundle {

    private final Map<String, String> versions;
    private final StoreSwitch stores;
    private final Overviews overviews;
    private final Activity activity;
    private final RecentErrors errors;
    private final Clock clock;

    /** @param versions of what the plugin runs in */
    public SupportBundle(
            Map<String, String> versions,
            StoreSwitch stores,
            Overviews overviews,
            Activity activity,
            RecentErrors errors,
            Clock clock) {
        this.versions = new TreeMap<>(versions);
        this.stores = stores;
        this.overviews = overviews;
        this.activity = activity;
        this.errors = errors;
        this.clock = clock;
    }

    public Map<String, Object> collect() {
        Map<String, Object> bundle = new LinkedHashMap<>();
        bundle.put("at", clock.instant());
        bundle.put("versions", versions);
        bundle.put("settings", settings());
        bundle.put("stores", overviews.withoutReasons());
        bundle.put("lastHour", activity.recent(Activity.STEPS));
        bundle.put("errors", errors.newest());
        return bundle;
    }

    private Map<String, Object> settings() {
        Map<String, Object> all = new TreeMap<>();
        for (StoreSettings store : stores.stores().all()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("enabled", store.enabled());
            one.put("site", store.site());
            one.put("app-key", "PRESENT");
            one.put("secret", "PRESENT");
            one.put("shared-app-key", store.sharedAppKey());
            one.put("identifier", store.identifier().toString());
            one.put("mapping", store.mapping().toString());
            one.put("sending", store.sending().toString());
            all.put(store.key().value(), one);
        }
        return all;
    }
}
