/** Tests of the observe step. */
@NullMarked
package io.yotposync.observe;

import org.jspecify.annotations.NullMarked;
