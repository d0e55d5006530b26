package io.yotposync.scan;

import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.source.Rereads.Reread;
import io.yotposync.store.StoreSettings;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads customers again of whom an event told a part only, or nothing, and takes them in as live saves. */
final class PartialCustomers {

    private static final Logger LOG = LoggerFactory.getLogger("io.yotposync");

    private PartialCustomers() {}

    /** What cannot be read now is left to a scan, that is to a later time. */
    static void reread(ScanPorts ports, Scanner.Live live) {
        for (Reread each : live.rereads().drain(ports.clock().instant())) {
            try {
                ports.source()
                        .find(each.customerId())
                        .ifPresent(found -> placed(each, found, ports).forEach(live.saved()));
            } catch (RuntimeException | Error fault) {
                live.rereads().lost();
                LOG.debug("Yotpo sync: customer {} could not be read again: {}", each.customerId(), Causes.of(fault));
            }
        }
        if (live.rereads().takeOverflow()) {
            askForScans(ports, live);
        }
    }

    /** As a scan would find it; one that can be read in part only, for good, is no reason to look at all others. */
    private static List<CustomerSnapshot> placed(Reread each, CustomerSnapshot found, ScanPorts ports) {
        if (found.partial()) {
            LOG.debug("Yotpo sync: customer {} could be read in part only, again", each.customerId());
            return List.of();
        }
        // The event knew the request's, which may be another than the customer's own.
        if (!each.sites().isEmpty() && each.sites().containsAll(found.sites())) {
            return List.of(found.at(each.sites()));
        }
        Collection<StoreSettings> stores = ports.stores().all();
        if (!found.sites().isEmpty() || stores.size() == 1) {
            return List.of(found);
        }
        KnownCustomers known = KnownCustomers.of(ports, List.of(found));
        // A store that takes every site's customers takes these too.
        List<CustomerSnapshot> ofSites = stores.stream()
                .filter(store -> !store.site().equals(StoreSettings.EVERY_SITE))
                .filter(store -> known.belongs(found, store))
                .map(store -> found.at(Set.of(store.site())))
                .toList();
        return ofSites.isEmpty() ? List.of(found) : ofSites;
    }

    static void askForScans(ScanPorts ports, Scanner.Live live) {
        try {
            ports.stores()
                    .all()
                    .forEach(store -> ports.storeStates().update(store.key(), state -> state.withCatchUpNeeded(true)));
        } catch (RuntimeException storageFails) {
            live.rereads().lost();
            throw storageFails;
        }
    }
}
