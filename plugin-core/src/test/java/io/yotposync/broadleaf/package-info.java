/** Tests of the broadleaf step. */
@NullMarked
package io.yotposync.broadleaf;

import org.jspecify.annotations.NullMarked;
