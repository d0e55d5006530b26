package io.yotposync.autoconfigure.properties;

import io.yotposync.store.InvalidSettingException;
import io.yotposync.store.StoreSettings;
import io.yotposync.store.Stores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.springframework.core.env.Environment;

/** Refuses to start a host that is not production with a store that only production may write to. */
final class ProductionGuard {

    /** Broadleaf's own name for where it runs, beside Spring's profiles. */
    private static final String BROADLEAFS = "runtime.environment";

    private ProductionGuard() {}

    /** @throws InvalidSettingException naming the store's property, never its app key */
    static void check(Stores stores, SafetyProperties safety, Environment environment) {
        List<String> keys = safety.guarded().stream().map(String::strip).toList();
        if (keys.isEmpty()) {
            return;
        }
        List<String> profiles = profiles(environment);
        boolean production = profiles.stream().anyMatch(profile -> isAmong(safety.productionProfiles(), profile));
        if (safety.allowProduction() || production) {
            return;
        }
        for (StoreSettings store : stores.all()) {
            if (keys.contains(store.credentials().appKey())) {
                throw new InvalidSettingException(
                        "stores." + store.key() + ".app-key",
                        "is that of a production store, and this host's profiles " + profiles
                                + " are none of those in yotpo.sync.safety.production-profiles",
                        "Use a test store's app key here. If this is production, add its profile to"
                                + " yotpo.sync.safety.production-profiles; to write to the production store from here"
                                + " all the same, set yotpo.sync.safety.allow-production=true.");
            }
        }
    }

    private static List<String> profiles(Environment environment) {
        String[] active = environment.getActiveProfiles();
        List<String> profiles =
                new ArrayList<>(Arrays.asList(active.length > 0 ? active : environment.getDefaultProfiles()));
        String broadleafs = environment.getProperty(BROADLEAFS);
        if (broadleafs != null && !broadleafs.isBlank() && !isAmong(profiles, broadleafs)) {
            profiles.add(broadleafs.strip());
        }
        return profiles;
    }

    private static boolean isAmong(List<String> names, String name) {
        return names.stream().anyMatch(each -> each.strip().equalsIgnoreCase(name.strip()));
    }
}
