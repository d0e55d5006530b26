package io.yotposync.scan;

import io.yotposync.outbox.Desired;
import io.yotposync.outbox.LedgerMark;
import io.yotposync.outbox.LedgerStatus;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreSettings;
import org.jspecify.annotations.Nullable;

/**
 * A customer whom a store's ledger knows, and who left the shop.
 *
 * @param rest what the host would send of it all the same, {@code null} if nothing
 * @param how for an operator
 */
record Leaver(
        CustomerKey key,
        StoreSettings store,
        LedgerMark mark,
        @Nullable Desired rest,
        String how) {

    boolean isPending() {
        return mark.status() == LedgerStatus.PENDING;
    }
}
