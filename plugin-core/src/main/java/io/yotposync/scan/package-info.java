/**
 * What no event tells: all customers there are, changes that passed unheard, and customers that are gone.
 *
 * <p>In: a {@link io.yotposync.source.CustomerSource} and the ledger's marks. Out: desired states in the outbox, behind
 * all live work. {@link io.yotposync.scan.ScanStates} may be replaced.
 */
@NullMarked
package io.yotposync.scan;

import org.jspecify.annotations.NullMarked;
