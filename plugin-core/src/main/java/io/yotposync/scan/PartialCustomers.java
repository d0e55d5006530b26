package io.yotposync.scan;

import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.source.Rereads.Reread;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads customers again of whom an event told a part only, and takes them in as the live saves that they are. */
final class PartialCustomers {

    private static final Logger LOG = LoggerFactory.getLogger("io.yotposync");

    private PartialCustomers() {}

    /** What cannot be read now is left to a scan, that is to a later time. */
    static void reread(ScanPorts ports, Scanner.Live live) {
        for (Reread each : live.rereads().drain()) {
            try {
                ports.source().find(each.customerId()).ifPresent(found -> {
                    if (found.partial()) {
                        throw new IllegalStateException("in part only, again");
                    }
                    live.sync().accept(each.sites().isEmpty() ? found : at(each.sites(), found));
                });
            } catch (RuntimeException fault) {
                live.rereads().lost();
                LOG.debug("Yotpo sync: customer {} could not be read again: {}", each.customerId(), Causes.of(fault));
            }
        }
        if (live.rereads().takeOverflow()) {
            askForScans(ports, live);
        }
    }

    private static void askForScans(ScanPorts ports, Scanner.Live live) {
        try {
            ports.stores()
                    .all()
                    .forEach(store -> ports.storeStates().update(store.key(), state -> state.withCatchUpNeeded(true)));
        } catch (RuntimeException storageFails) {
            live.rereads().lost();
            throw storageFails;
        }
    }

    /** The event knew the request's site. */
    private static CustomerSnapshot at(Set<String> sites, CustomerSnapshot customer) {
        return new CustomerSnapshot(
                customer.id(),
                customer.registered(),
                customer.deactivated(),
                customer.email(),
                customer.firstName(),
                customer.lastName(),
                customer.gender(),
                customer.language(),
                customer.currency(),
                customer.phone(),
                customer.address(),
                customer.emailMarketing(),
                customer.smsMarketing(),
                customer.createdAt(),
                customer.updatedAt(),
                customer.sourceVersion(),
                sites,
                customer.attributes(),
                customer.properties(),
                customer.unread(),
                customer.partial());
    }
}
