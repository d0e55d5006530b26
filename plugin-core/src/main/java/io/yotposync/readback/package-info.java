/**
 * Whether Yotpo really holds what it acknowledged.
 *
 * <p>In: what was acknowledged, as field prints, and what Yotpo shows. Out: equal, drifted, missing; sent again if so
 * configured.
 */
@NullMarked
package io.yotposync.readback;

import org.jspecify.annotations.NullMarked;
