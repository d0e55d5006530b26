package io.yotposync.outbox;

import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The ledger of desired against acknowledged state.
 *
 * <p><b>Threads.</b> Every method may be called from any thread at the same time. A durable outbox does I/O in each, so
 * none is ever called on a thread of the host that saves a customer; a memory outbox never blocks.
 *
 * <p><b>Transactions.</b> Every call is a short transaction of its own. None is open while a request is sent.
 *
 * <p><b>Order.</b> Per customer, a state never replaces one whose {@link Desired#sourceVersion()} is above what it
 * {@link Desired#outranksUpTo() outranks}, unless a clock told that one which was put back since; else the later call
 * wins. The same goes for customers who are identified by one contact alone: a claim says by its {@link Claim#rival()}
 * what must not be sent. Between other customers, live work goes before scans, then the earliest due first.
 *
 * <p><b>Time.</b> Is the caller's, of one clock for all that share an outbox; kept in milliseconds or finer.
 *
 * <p><b>Errors.</b> What the storage throws comes through; callers keep their work and try again.
 */
public interface Outbox {

    /**
     * Records desired states. A row becomes pending if its content differs from what was desired, if it was parked and the
     * state is {@link Origin#LIVE}, or if it was superseded and the state is a later one; either way its attempts start
     * afresh. A state equal to the acknowledged one, with nothing in flight or uncertain, is in sync at once, unless a
     * contact alone identifies the customer: Yotpo may have another's state there. A pending row keeps its attempts' delay,
     * unless it waited for another customer and the state is another or a later one. Nothing is said about a claim in
     * flight: its acknowledgement will count for what was sent, and the newer state stays pending.
     *
     * @param batch at most one state per key
     * @return the keys that were not taken for want of room; never any from a durable outbox. All others are as durable
     *     as this outbox gets when the call returns
     */
    Set<CustomerKey> upsert(Collection<Desired> batch, Instant now);

    /** The stores that have a row due, disabled or paused ones included. */
    Set<StoreKey> dueStores(Instant now);

    /**
     * Takes or renews the right to drain a store.
     *
     * @param node this node's name, unique among all that share the outbox, at most 128 characters
     * @return the lease, or empty while another node holds it
     */
    Optional<LaneLease> lease(StoreKey store, String node, Duration length, Instant now);

    /** Gives the right back early; of no effect if it was lost. */
    void release(LaneLease lease);

    /**
     * Claims due rows that nobody holds, in the order they are to be sent. A row whose earlier claim was never
     * completed may have been sent: it counts as tried and carries {@link Failure#ABANDONED}.
     *
     * @param lease must be held; a lost or ended one claims nothing
     * @param max no more than can be sent before the lease ends
     */
    List<Claim> claim(LaneLease lease, int max, Instant now);

    /**
     * Claims one due row to try a store with that did not answer: a row that has not failed yet, if there is one.
     * Otherwise a customer for whom alone Yotpo fails would stand for the whole store again and again.
     *
     * @param lease must be held; a lost or ended one claims nothing
     */
    Optional<Claim> claimProbe(LaneLease lease, Instant now);

    /**
     * Records how claims ended. An acknowledged or refused row whose desired state changed meanwhile is pending again,
     * due at once; an acknowledged or superseded one that did not change loses its payload. Where the claim was given
     * another state than the one that was desired, that state counts as desired from now on. Acknowledging or parking a
     * customer makes those due at once who wait for one of its contact. A claim whose lease ended may still be completed as
     * long as no other sender took the row.
     *
     * @return the completions that were refused because the claim was lost to another sender
     */
    Collection<Completion> complete(Collection<? extends Completion> completions, Instant now);

    /** Where one customer stands; empty if nothing was ever desired of it, or the row was deleted. */
    Optional<LedgerRow> find(CustomerKey key);

    /** Rows that match, in the order of store, then customer id, and no more than the query's limit. */
    List<LedgerRow> list(LedgerQuery query);

    /**
     * Makes rows due at once with fresh attempts: the parked ones, unless the query names another status. Rows whose
     * payload is gone cannot be sent and are left as they are. A claim in flight keeps its row. One customer whom the query
     * names goes with live saves; many go with the work of scans, or saves would wait for all of them.
     *
     * @return how many, never more than the query's limit
     */
    int requeue(LedgerQuery query, Instant now);

    /** What is known of these customers, for a scan to compare with; those without a row are missing. */
    Map<CustomerKey, LedgerMark> marks(Collection<CustomerKey> keys);

    /** How many rows of a store are pending, counted no further than the given number. */
    int backlog(StoreKey store, int atMost);

    /**
     * Takes back what was acknowledged, where Yotpo turned out not to have it: rows in sync count as never acknowledged,
     * and the next {@link #upsert} of the customer as changed, whatever its content. Until then they stay as they are.
     */
    void distrust(Collection<CustomerKey> keys, Instant now);

    /**
     * Deletes rows, with whatever they hold. A row that changed after the given moment stays, and so does one that a
     * sender holds: whose claim has not been completed, under a lease that ends after that moment.
     *
     * @param unchangedSince now, or earlier: a mark's {@link LedgerMark#updatedAt()} leaves whatever was saved since that
     *     look, however long ago that save began
     * @return the keys that still have a row
     */
    Set<CustomerKey> forget(Collection<CustomerKey> keys, Instant unchangedSince);

    /** Counts of every store that has a row. */
    Map<StoreKey, LedgerCounts> counts();

    /** Whether states survive the end of the process. */
    boolean durable();

    /**
     * This process's own outbox, lost when it ends. Customers in sync make room for new ones, the oldest first.
     *
     * @param maxRows at most this many customers
     */
    static Outbox inMemory(int maxRows) {
        return inMemory(maxRows, FieldDigest.none());
    }

    /** The same, which remembers what fields were acknowledged. */
    static Outbox inMemory(int maxRows, FieldDigest fields) {
        return new MemoryOutbox(maxRows, fields);
    }
}
