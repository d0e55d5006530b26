package io.yotposync.autoconfigure.operator;

import io.yotposync.operator.PayloadView;
import io.yotposync.scan.Preview;
import io.yotposync.scan.Preview.Previewed;
import io.yotposync.store.CustomerKey;

/** The scans' preview, as operators see it. */
record ScanPayloads(Preview preview) implements PayloadView {

    @Override
    public Shown of(CustomerKey customer, boolean masked) {
        Previewed found = preview.of(customer.customerId(), customer.store(), masked);
        return new Shown(
                found.customerId(),
                found.store().value(),
                masked,
                found.decision().name(),
                found.reason() == null ? null : found.reason().name(),
                found.identifier(),
                found.json(),
                found.differing(),
                found.comparedWith());
    }
}
