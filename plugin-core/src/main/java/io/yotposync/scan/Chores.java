package io.yotposync.scan;

import io.yotposync.store.StoreSettings;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All chores, none of which keeps another or a scan from its work; says once when one begins to fail. */
final class Chores implements Chore {

    private static final Logger LOG = LoggerFactory.getLogger("io.yotposync");

    private final List<Chore> all;
    private final Set<Chore> failing = Collections.newSetFromMap(new IdentityHashMap<>());

    Chores(Collection<Chore> all) {
        this.all = List.copyOf(all);
    }

    @Override
    public void run(Collection<StoreSettings> stores, Collection<ScanState> scans, Instant now) {
        for (Chore chore : all) {
            try {
                chore.run(stores, scans, now);
                failing.remove(chore);
            } catch (Throwable fault) {
                if (failing.add(chore)) {
                    LOG.warn(
                            "Yotpo sync: the chore {} cannot be done at the moment: {}",
                            chore.getClass().getSimpleName(),
                            fault instanceof UnreadableCustomerException
                                    ? fault.getMessage()
                                    : fault.getClass().getName());
                }
            }
        }
    }
}
