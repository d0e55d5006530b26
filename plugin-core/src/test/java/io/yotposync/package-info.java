/** Tests of the whole way, and what tests of its steps share. */
@NullMarked
package io.yotposync;

import org.jspecify.annotations.NullMarked;
