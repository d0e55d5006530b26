package io.yotposync.jdbc;

import io.yotposync.outbox.Claim;
import io.yotposync.outbox.Completion;
import io.yotposync.outbox.Desired;
import io.yotposync.outbox.FieldDigest;
import io.yotposync.outbox.LaneLease;
import io.yotposync.outbox.LedgerCounts;
import io.yotposync.outbox.LedgerMark;
import io.yotposync.outbox.LedgerQuery;
import io.yotposync.outbox.LedgerRow;
import io.yotposync.outbox.Outbox;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/** The ledger as a table; each call is one transaction of its own. */
final class JdbcOutbox implements Outbox {

    private static final int CHUNK = 512;

    private final Transactions transactions;
    private final JdbcUpserts upserts;
    private final JdbcLanes lanes;
    private final JdbcClaims claims;
    private final JdbcCompletions completions;
    private final JdbcRows rows;
    private final JdbcMarks marks;

    JdbcOutbox(Transactions transactions, OutboxTables tables, UpsertSql sql, Wording wording, FieldDigest fields) {
        this.transactions = transactions;
        NamedParameterJdbcTemplate jdbc = transactions.jdbc();
        upserts = new JdbcUpserts(jdbc, sql, wording);
        lanes = new JdbcLanes(jdbc, tables);
        claims = new JdbcClaims(jdbc, tables, wording);
        completions = new JdbcCompletions(jdbc, tables, fields, wording);
        rows = new JdbcRows(jdbc, tables, wording.dialect());
        marks = new JdbcMarks(jdbc, tables, wording.dialect());
    }

    @Override
    public Set<CustomerKey> upsert(Collection<Desired> batch, Instant now) {
        for (List<Desired> chunk : chunks(batch)) {
            transactions.run(() -> upserts.upsert(chunk, now));
        }
        return Set.of();
    }

    @Override
    public Set<StoreKey> dueStores(Instant now) {
        return transactions.call(() -> claims.dueStores(now));
    }

    @Override
    public Optional<LaneLease> lease(StoreKey store, String node, Duration length, Instant now) {
        return transactions.call(() -> lanes.lease(store, node, length, now));
    }

    @Override
    public void release(LaneLease lease) {
        transactions.run(() -> lanes.release(lease));
    }

    @Override
    public List<Claim> claim(LaneLease lease, int max, Instant now) {
        return transactions.call(() -> lanes.held(lease, now) ? claims.claim(lease, max, now) : List.of());
    }

    @Override
    public Optional<Claim> claimProbe(LaneLease lease, Instant now) {
        return transactions.call(() -> lanes.held(lease, now) ? claims.claimProbe(lease, now) : Optional.empty());
    }

    @Override
    public Collection<Completion> complete(Collection<? extends Completion> ends, Instant now) {
        List<Completion> lost = new ArrayList<>();
        for (List<? extends Completion> chunk : chunks(ends)) {
            lost.addAll(completeOrLeave(chunk, now));
        }
        return lost;
    }

    /**
     * One row that somebody holds locked must not keep the others from their ends, nor one reason with a letter that the
     * database lacks. The claim of a locked one is given up: it is over with its lease, and the state is sent again then.
     */
    private List<? extends Completion> completeOrLeave(List<? extends Completion> ends, Instant now) {
        boolean unspeakable;
        try {
            return transactions.call(() -> completions.complete(ends, now));
        } catch (DataAccessException fault) {
            unspeakable = Transactions.isOfTheData(fault);
            if (!unspeakable && !Transactions.isLocked(fault)) {
                throw fault;
            }
        }
        if (ends.size() > 1) {
            return ends.stream()
                    .flatMap(each -> completeOrLeave(List.of(each), now).stream())
                    .toList();
        }
        return unspeakable && completedWithoutWords(ends.get(0), now) ? List.of() : ends;
    }

    private boolean completedWithoutWords(Completion end, Instant now) {
        return transactions
                .call(() -> completions.complete(List.of(Wordless.of(end)), now))
                .isEmpty();
    }

    @Override
    public Optional<LedgerRow> find(CustomerKey key) {
        return transactions.call(() -> rows.find(key));
    }

    @Override
    public List<LedgerRow> list(LedgerQuery query) {
        return transactions.call(() -> rows.list(query));
    }

    @Override
    public int requeue(LedgerQuery query, Instant now) {
        LedgerQuery wanted = query.parkedByDefault();
        return transactions.call(() -> rows.requeue(wanted, now));
    }

    @Override
    public Map<CustomerKey, LedgerMark> marks(Collection<CustomerKey> keys) {
        Map<CustomerKey, LedgerMark> found = new HashMap<>();
        for (List<CustomerKey> chunk : chunks(keys)) {
            found.putAll(transactions.call(() -> marks.of(chunk)));
        }
        return found;
    }

    @Override
    public int backlog(StoreKey store, int atMost) {
        return transactions.call(() -> marks.backlog(store, atMost));
    }

    @Override
    public void distrust(Collection<CustomerKey> keys, Instant now) {
        chunks(keys).forEach(chunk -> transactions.run(() -> marks.distrust(chunk, now)));
    }

    @Override
    public Set<CustomerKey> forget(Collection<CustomerKey> keys, Instant unchangedSince) {
        Set<CustomerKey> left = new HashSet<>();
        for (List<CustomerKey> chunk : chunks(keys)) {
            left.addAll(transactions.call(() -> forgetOf(chunk, unchangedSince)));
        }
        return left;
    }

    /** In one transaction: where the look fails they stay, or they would be gone and nobody told of it. */
    private Set<CustomerKey> forgetOf(List<CustomerKey> keys, Instant unchangedSince) {
        marks.forget(keys, unchangedSince);
        return marks.of(keys).keySet();
    }

    @Override
    public Map<StoreKey, LedgerCounts> counts() {
        return transactions.call(rows::counts);
    }

    @Override
    public boolean durable() {
        return true;
    }

    private static <T> List<List<T>> chunks(Collection<T> all) {
        List<T> list = List.copyOf(all);
        List<List<T>> chunks = new ArrayList<>();
        for (int from = 0; from < list.size(); from += CHUNK) {
            chunks.add(list.subList(from, Math.min(from + CHUNK, list.size())));
        }
        return chunks;
    }
}
