/** The JDBC outbox on real databases. */
@NullMarked
package io.yotposync.outbox.jdbc;

import org.jspecify.annotations.NullMarked;
