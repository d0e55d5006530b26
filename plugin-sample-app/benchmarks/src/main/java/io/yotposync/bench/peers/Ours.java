package io.yotposync.bench.peers;

import io.yotposync.bench.Plugin;
import io.yotposync.bench.Shoppers;
import io.yotposync.broadleaf.CustomerPersistedListener;
import org.broadleafcommerce.profile.core.domain.Customer;

/** The plugin as it comes: Broadleaf's event after the commit. */
final class Ours implements Peer {

    private final Plugin plugin;
    private final CustomerPersistedListener listener;

    Ours(Plugin plugin) {
        this.plugin = plugin;
        listener = plugin.listener();
    }

    @Override
    public void saved(Customer customer) {
        listener.onApplicationEvent(Shoppers.event(customer));
    }

    @Override
    public void close() {
        plugin.close();
    }
}
