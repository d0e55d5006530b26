/** Atomic capture with Hibernate 5. */
@NullMarked
package io.yotposync.capture;

import org.jspecify.annotations.NullMarked;
