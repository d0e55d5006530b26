package io.yotposync.sample.shop;

import io.yotposync.outbox.Outbox;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Reads the plugin's ledger; without the plugin no customer has a state. */
@Component
class SyncStates {

    private final ObjectProvider<Outbox> outbox;
    private final Set<String> stores;

    SyncStates(ObjectProvider<Outbox> outbox, Environment environment) {
        this.outbox = outbox;
        this.stores = new TreeSet<>(Binder.get(environment)
                .bind("yotpo.sync.stores", Bindable.mapOf(String.class, Object.class))
                .orElse(Map.of())
                .keySet());
    }

    List<SyncState> of(String customerId) {
        Outbox ledger = outbox.getIfAvailable();
        return stores.stream()
                .map(store -> ledger == null ? SyncState.none(store) : find(ledger, store, customerId))
                .toList();
    }

    private static SyncState find(Outbox ledger, String store, String customerId) {
        return ledger.find(new CustomerKey(new StoreKey(store), customerId))
                .map(SyncState::of)
                .orElseGet(() -> SyncState.none(store));
    }
}
