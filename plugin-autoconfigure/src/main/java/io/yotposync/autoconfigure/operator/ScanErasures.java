package io.yotposync.autoconfigure.operator;

import io.yotposync.operator.Erasures;
import io.yotposync.scan.Erasure;
import java.util.List;

/** The scans' erasure, as operators see it. */
record ScanErasures(Erasure erasure) implements Erasures {

    @Override
    public List<Receipt> erase(String customerId) {
        return erasure.erase(customerId).stream().map(ScanErasures::shown).toList();
    }

    private static Receipt shown(Erasure.Receipt receipt) {
        return new Receipt(
                receipt.store().value(),
                receipt.done().name(),
                receipt.identifier(),
                receipt.fields(),
                receipt.firstSeen(),
                receipt.lastAcknowledged(),
                receipt.leftToYotpo());
    }
}
