/**
 * What an operator sees and does: how the stores stand, why a customer is (not) in Yotpo, what was refused; and switch,
 * pause, retry, resend, catch up, each of which is written into an audit log.
 *
 * <p>In: {@link io.yotposync.outbox.Outbox}, {@link io.yotposync.store.StoreSwitch}, the scans, and what the
 * {@link io.yotposync.observe.SyncListener}s of this package heard. Out: values to show; none carries personal data.
 * {@link io.yotposync.operator.AuditLog}, {@link io.yotposync.operator.LiveLanes} and
 * {@link io.yotposync.operator.CustomerCheck} may be replaced.
 */
@NullMarked
package io.yotposync.operator;

import org.jspecify.annotations.NullMarked;
