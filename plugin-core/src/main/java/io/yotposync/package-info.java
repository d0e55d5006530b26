/**
 * Keeps every customer's latest state in Yotpo. {@link io.yotposync.CustomerSync} names the whole way; the packages below
 * are its steps.
 */
@NullMarked
package io.yotposync;

import org.jspecify.annotations.NullMarked;
