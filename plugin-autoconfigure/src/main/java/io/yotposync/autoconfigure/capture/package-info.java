/**
 * Where saved customers come in.
 *
 * <p>In: what the host says of saved customers, by Broadleaf's event or by our own, and its transactions. Out: customers for
 * the way, after the host's commit or, where capture is atomic, as rows of its very transaction.
 */
@NullMarked
package io.yotposync.autoconfigure.capture;

import org.jspecify.annotations.NullMarked;
