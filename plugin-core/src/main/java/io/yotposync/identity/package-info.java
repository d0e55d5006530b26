/**
 * Yotpo's identifier rules.
 *
 * <p>In: a snapshot and a store's settings. Out: {@link io.yotposync.identity.Identified} or
 * {@link io.yotposync.identity.NotIdentifiable}. {@link io.yotposync.identity.PhoneNumbers} may be replaced.
 */
@NullMarked
package io.yotposync.identity;

import org.jspecify.annotations.NullMarked;
