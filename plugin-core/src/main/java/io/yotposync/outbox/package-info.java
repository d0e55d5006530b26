/**
 * The ledger of desired against acknowledged state, one row per store and customer.
 *
 * <p>In: {@link io.yotposync.outbox.Desired} states. Out: {@link io.yotposync.outbox.Claim}s to be sent and
 * {@link io.yotposync.outbox.LedgerRow}s to look at. {@link io.yotposync.outbox.Outbox} may be replaced.
 */
@NullMarked
package io.yotposync.outbox;

import org.jspecify.annotations.NullMarked;
