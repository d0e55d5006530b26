/** Where scans stand, in the outbox's database. */
@NullMarked
package io.yotposync.scan.jdbc;

import org.jspecify.annotations.NullMarked;
