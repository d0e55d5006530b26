/**
 * Broadleaf Commerce as the host.
 *
 * <p>In: Broadleaf's own {@code CustomerPersistedEvent}. Out: a {@link io.yotposync.customer.CustomerSnapshot}. Written
 * against Broadleaf 3.1; uses only members that 6.2 and 7.0 have as well and reads newer ones by property name.
 */
@NullMarked
package io.yotposync.broadleaf;

import org.jspecify.annotations.NullMarked;
