/** Tests of the customer step. */
@NullMarked
package io.yotposync.customer;

import org.jspecify.annotations.NullMarked;
