/**
 * The customer as the host saw it, copied into immutable values.
 *
 * <p>In: whatever the host saves. Out: {@link io.yotposync.customer.CustomerSnapshot}. Hosts other than Broadleaf build
 * snapshots themselves and publish {@link io.yotposync.customer.CustomerSaved}.
 */
@NullMarked
package io.yotposync.customer;

import org.jspecify.annotations.NullMarked;
