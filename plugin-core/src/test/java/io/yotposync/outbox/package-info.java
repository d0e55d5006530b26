/** Tests of the ledger: what every outbox keeps, and what the memory one adds. */
@NullMarked
package io.yotposync.outbox;

import org.jspecify.annotations.NullMarked;
