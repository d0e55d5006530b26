/** Tests of the recent step. */
@NullMarked
package io.yotposync.recent;

import org.jspecify.annotations.NullMarked;
