/**
 * What this node last wanted Yotpo to know of a customer, so that a save that changes nothing costs nothing.
 *
 * <p>In: a payload's fingerprint. Out: hand over, or suppress.
 */
@NullMarked
package io.yotposync.recent;

import org.jspecify.annotations.NullMarked;
