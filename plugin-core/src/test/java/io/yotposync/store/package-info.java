/** Tests of the store step. */
@NullMarked
package io.yotposync.store;

import org.jspecify.annotations.NullMarked;
