/** Programs that measure; none of them is part of the build. */
@NullMarked
package io.yotposync.bench;

import org.jspecify.annotations.NullMarked;
