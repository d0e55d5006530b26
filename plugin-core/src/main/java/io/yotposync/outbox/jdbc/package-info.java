/**
 * The ledger and the stores' states in the host's database, two tables that every node shares.
 *
 * <p>In: a {@code DataSource} and {@link io.yotposync.outbox.jdbc.OutboxTables}. Out: an
 * {@link io.yotposync.outbox.Outbox} and {@link io.yotposync.store.StoreStates} from
 * {@link io.yotposync.outbox.jdbc.JdbcStorage}. Scripts are in {@code classpath:db/yotpo/}.
 */
@NullMarked
package io.yotposync.outbox.jdbc;

import org.jspecify.annotations.NullMarked;
