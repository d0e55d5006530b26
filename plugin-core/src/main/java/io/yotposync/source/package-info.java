/**
 * The host's customers, as a scan reads them.
 *
 * <p>Out: ids and {@link io.yotposync.customer.CustomerSnapshot}s. The Broadleaf implementation is in
 * {@link io.yotposync.broadleaf}; any other host provides its own {@link io.yotposync.source.CustomerSource}.
 */
@NullMarked
package io.yotposync.source;

import org.jspecify.annotations.NullMarked;
