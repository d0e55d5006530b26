/**
 * Which configured Yotpo store(s) a customer belongs to, and whether they are switched on.
 *
 * <p>In: a snapshot's sites. Out: {@link io.yotposync.store.StoreSettings} of each store that wants it.
 * {@link io.yotposync.store.StoreStates} may be replaced.
 */
@NullMarked
package io.yotposync.store;

import org.jspecify.annotations.NullMarked;
