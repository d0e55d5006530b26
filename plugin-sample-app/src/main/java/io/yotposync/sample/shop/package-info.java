/**
 * A shop on Broadleaf's own customer classes and event.
 *
 * <p>In: JSON at {@code /api/customers}. Out: Broadleaf's {@code CustomerPersistedEvent} after commit, heard by the
 * plugin if it is there.
 */
@NullMarked
package io.yotposync.sample.shop;

import org.jspecify.annotations.NullMarked;
