package io.yotposync.scan;

import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.source.Rereads.Reread;
import java.util.Set;

/** Reads customers again of whom an event told a part only, and takes them in as the live saves that they are. */
final class PartialCustomers {

    private PartialCustomers() {}

    static void reread(ScanPorts ports, Scanner.Live live) {
        for (Reread each : live.rereads().drain()) {
            ports.source()
                    .find(each.customerId())
                    .ifPresent(found -> live.sync().accept(at(each.sites(), found)));
        }
        if (live.rereads().takeOverflow()) {
            ports.stores()
                    .all()
                    .forEach(store -> ports.storeStates().update(store.key(), state -> state.withCatchUpNeeded(true)));
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
                customer.partial());
    }
}
