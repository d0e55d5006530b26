/** Tests of the identity step. */
@NullMarked
package io.yotposync.identity;

import org.jspecify.annotations.NullMarked;
