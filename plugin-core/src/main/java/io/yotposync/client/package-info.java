/**
 * The conversation with Yotpo.
 *
 * <p>In: a store's settings and a body. Out: an {@link io.yotposync.client.Outcome}, never an exception.
 * {@link io.yotposync.client.YotpoClient} may be replaced.
 */
@NullMarked
package io.yotposync.client;

import org.jspecify.annotations.NullMarked;
