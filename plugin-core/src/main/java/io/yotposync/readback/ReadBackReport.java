package io.yotposync.readback;

import io.yotposync.store.StoreKey;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** What came of reading customers back; ids and names of fields only. */
public record ReadBackReport(StoreKey store, Instant at, List<Checked> customers) {

    public ReadBackReport {
        customers = List.copyOf(customers);
    }

    public long count(Result result) {
        return customers.stream().filter(each -> each.result() == result).count();
    }

    /**
     * One customer.
     *
     * @param fields those that differ, or that Yotpo shows nothing of
     * @param resent whether it is sent again
     */
    public record Checked(String customerId, Result result, Set<String> fields, boolean resent) {}

    /** How Yotpo's customer compares with what it acknowledged. */
    public enum Result {
        EQUAL,
        DRIFTED,
        MISSING,
        /** Acknowledged too short ago, or a newer state waits to be sent or was refused. */
        TOO_EARLY,
        /**
         * Known by an identifier that the shop no longer has, that another customer has too or that Yotpo cannot be asked for
         * as it has a comma in it; or acknowledged before prints were kept.
         */
        NOT_COMPARABLE,
        /** Yotpo did not answer, or showed others than the one that it was asked for. */
        NO_ANSWER,
        /** Yotpo must not be asked: the store is paused, held, or waits as Yotpo wished; or another node began to send. */
        NOT_ASKED
    }
}
