package io.yotposync.scan;

import io.yotposync.outbox.Desired;
import io.yotposync.store.CustomerKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one batch comes to; nothing of it is written yet.
 *
 * @param states to be written to the outbox
 * @param purge rows to be deleted
 * @param counts of this batch alone
 * @param lastId the scan goes on behind this customer
 * @param end whether there is no further one
 * @param examples masked: ids and names of fields
 */
record Step(
        List<Desired> states,
        List<CustomerKey> purge,
        ScanCounts counts,
        @Nullable String lastId,
        boolean end,
        List<String> examples) {}
