/**
 * Identity, payload and fingerprint in one: what a store is to have of a customer, or why it is to have nothing. The same for
 * a save, a scan and an operator's question.
 *
 * <p>In: a {@link io.yotposync.customer.CustomerSnapshot} and a store. Out: {@link io.yotposync.prepare.Prepared}.
 */
@NullMarked
package io.yotposync.prepare;

import org.jspecify.annotations.NullMarked;
