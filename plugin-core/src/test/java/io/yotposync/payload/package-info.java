/** Tests of the payload step. */
@NullMarked
package io.yotposync.payload;

import org.jspecify.annotations.NullMarked;
