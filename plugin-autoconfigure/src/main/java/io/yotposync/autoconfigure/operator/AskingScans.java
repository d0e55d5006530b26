package io.yotposync.autoconfigure.operator;

import io.yotposync.operator.Alert;
import io.yotposync.scan.Chore;
import io.yotposync.scan.ScanJob;
import io.yotposync.scan.ScanState;
import io.yotposync.scan.ScanStatus;
import io.yotposync.store.StoreSettings;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/** Calls someone once for every scan that stops and asks; on the scanning thread of the node that scans. */
final class AskingScans implements Chore {

    private final Consumer<Alert> alerts;
    private final Set<ScanJob> asking = new HashSet<>();

    AskingScans(Consumer<Alert> alerts) {
        this.alerts = alerts;
    }

    @Override
    public void run(Collection<StoreSettings> stores, Collection<ScanState> scans, Instant now) {
        for (ScanState scan : scans) {
            String question = scan.question();
            if (scan.status() != ScanStatus.ASKING || question == null) {
                asking.remove(scan.job());
            } else if (asking.add(scan.job())) {
                alerts.accept(new Alert.ScanAsks(
                        scan.job().store().value(), scan.job().name(), question));
            }
        }
    }
}
