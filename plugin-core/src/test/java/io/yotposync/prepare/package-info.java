/** Tests of the payload step. */
@NullMarked
package io.yotposync.prepare;

import org.jspecify.annotations.NullMarked;
