/** The JDBC outbox on real databases. */
@NullMarked
package io.yotposync.jdbc;

import org.jspecify.annotations.NullMarked;
