/**
 * Atomic capture: the ledger's row is written in the transaction that saves the customer.
 *
 * <p>In: changed entities of a Hibernate session (5 to 7, {@code javax} or {@code jakarta}, by reflection), or a snapshot
 * and the connection of a transaction. Out: rows, committed or rolled back with the host's own.
 * {@link io.yotposync.capture.EntityModel} says what a customer is.
 */
@NullMarked
package io.yotposync.capture;

import org.jspecify.annotations.NullMarked;
