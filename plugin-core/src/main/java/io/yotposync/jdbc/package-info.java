/**
 * What all nodes share in the host's database: the ledger, the stores' states, the scans' states, and what operators
 * did; a table each.
 *
 * <p>In: a {@code DataSource} and {@link io.yotposync.jdbc.OutboxTables}. Out, from
 * {@link io.yotposync.jdbc.JdbcStorage}: an {@link io.yotposync.outbox.Outbox},
 * {@link io.yotposync.store.StoreStates}, {@link io.yotposync.scan.ScanStates} and an
 * {@link io.yotposync.operator.AuditLog}. Scripts are in {@code classpath:db/yotpo/}.
 */
@NullMarked
package io.yotposync.jdbc;

import org.jspecify.annotations.NullMarked;
