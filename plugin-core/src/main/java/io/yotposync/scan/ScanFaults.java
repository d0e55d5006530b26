package io.yotposync.scan;

import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says once that scans fail, and once that all go on again, however many there are and however often they are tried. Used
 * on the scanning thread.
 */
final class ScanFaults {

    private static final Logger LOG = LoggerFactory.getLogger("io.yotposync");

    private final Set<ScanJob> failing = new HashSet<>();
    private boolean roundFails;

    /** One scan could not do its step. */
    void of(ScanJob job, Throwable fault) {
        warn("the " + job, fault);
        failing.add(job);
    }

    /** No scan could be looked at. */
    void ofRound(Throwable fault) {
        warn("customers", fault);
        roundFails = true;
    }

    private void warn(String what, Throwable fault) {
        if (failing.isEmpty() && !roundFails) {
            LOG.warn(
                    "Yotpo sync: {} cannot be scanned at the moment: {}",
                    what,
                    fault.getClass().getName());
        }
        LOG.debug("Yotpo sync: the fault of {}: {}", what, Causes.of(fault));
    }

    /** The scan did a step. */
    void passed(ScanJob job) {
        if (failing.remove(job)) {
            sayIfOver();
        }
    }

    /**
     * Every scan was looked at.
     *
     * @param underWay those that go on; the faults of others are forgotten
     */
    void roundIsOver(Set<ScanJob> underWay) {
        boolean failed = roundFails || !failing.isEmpty();
        roundFails = false;
        failing.retainAll(underWay);
        if (failed) {
            sayIfOver();
        }
    }

    private void sayIfOver() {
        if (failing.isEmpty() && !roundFails) {
            LOG.info("Yotpo sync: customers are scanned again");
        }
    }
}
