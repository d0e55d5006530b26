/**
 * Whether an operator has to act, for each store.
 *
 * <p>In: how each store stands. Out: a health component a store in a group of its own, in the classes of whichever line of
 * Boot the host is of; only those of {@code Boot4…} name where the newer line has put them.
 */
@NullMarked
package io.yotposync.autoconfigure.health;

import org.jspecify.annotations.NullMarked;
