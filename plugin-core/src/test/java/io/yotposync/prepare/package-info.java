/** Tests of the preparation. */
@NullMarked
package io.yotposync.prepare;

import org.jspecify.annotations.NullMarked;
