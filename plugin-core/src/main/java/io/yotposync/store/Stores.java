package io.yotposync.store;

import io.yotposync.customer.CustomerSnapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All configured stores in their order, and which of them a customer belongs to. Immutable. */
public final class Stores {

    private final Map<StoreKey, StoreSettings> byKey;

    /** @throws InvalidSettingException if two stores have one key, or one app key without saying that they share it */
    public Stores(Collection<StoreSettings> stores) {
        Map<StoreKey, StoreSettings> map = new LinkedHashMap<>();
        for (StoreSettings store : stores) {
            if (map.put(store.key(), store) != null) {
                throw new InvalidSettingException("stores." + store.key(), "is there twice", "Give it another key.");
            }
        }
        byKey = Collections.unmodifiableMap(map);
        refuseDuplicateAppKeys(map.values());
    }

    /**
     * The stores that a customer goes to: those of its site and of every site; without a known site those of every site, and
     * those whose key or site is {@link StoreKey#DEFAULT}, or the only store there is. Empty if there is none of these.
     */
    public List<StoreSettings> of(CustomerSnapshot customer) {
        if (byKey.size() == 1 && customer.sites().isEmpty()) {
            return List.copyOf(byKey.values());
        }
        List<StoreSettings> found = new ArrayList<>(1);
        for (StoreSettings store : byKey.values()) {
            if (wants(store, customer.sites())) {
                found.add(store);
            }
        }
        return found;
    }

    private static boolean wants(StoreSettings store, Set<String> sites) {
        if (store.site().equals(StoreSettings.EVERY_SITE)) {
            return true;
        }
        boolean isDefault = store.key().equals(StoreKey.DEFAULT) || store.site().equals(StoreKey.DEFAULT.value());
        return sites.isEmpty() ? isDefault : sites.contains(store.site());
    }

    public Collection<StoreSettings> all() {
        return byKey.values();
    }

    /** @throws IllegalArgumentException naming the stores that there are */
    public StoreSettings get(StoreKey key) {
        StoreSettings found = byKey.get(key);
        if (found == null) {
            throw new IllegalArgumentException("no store '" + key + "'; configured are " + byKey.keySet());
        }
        return found;
    }

    /** Every bean property path that some store's settings name, to be read from the host's customer. */
    public Set<String> paths() {
        Set<String> paths = new LinkedHashSet<>();
        byKey.values().forEach(store -> paths.addAll(store.paths()));
        return paths;
    }

    private static void refuseDuplicateAppKeys(Collection<StoreSettings> stores) {
        Map<String, StoreSettings> seen = new HashMap<>();
        for (StoreSettings store : stores) {
            StoreSettings other = seen.putIfAbsent(store.credentials().appKey(), store);
            if (other != null && !(store.sharedAppKey() && other.sharedAppKey())) {
                throw new InvalidSettingException(
                        "stores." + store.key() + ".app-key",
                        "is the same as that of store '" + other.key() + "'",
                        "Give each store its own app key, or set shared-app-key=true for both if they are meant to"
                                + " write to one Yotpo store.");
            }
        }
    }
}
