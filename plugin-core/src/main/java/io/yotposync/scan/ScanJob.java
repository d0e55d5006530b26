package io.yotposync.scan;

import io.yotposync.store.StoreKey;

/** One scan of one store. */
public record ScanJob(StoreKey store, String name) {

    private static final String BACKFILL = "backfill";
    private static final String DRY_RUN = "dry-run";
    private static final String CHANGES = "changes";
    private static final String SWEEP = "sweep";
    private static final String BASELINE = "baseline";
    private static final String MAPPING = "mapping";
    private static final String READ_BACK = "read-back";
    private static final String ERASURE = "erasure:";

    /** All customers, on an operator's wish. */
    public static ScanJob backfill(StoreKey store) {
        return new ScanJob(store, BACKFILL);
    }

    /** What a backfill would do. */
    public static ScanJob dryRun(StoreKey store) {
        return new ScanJob(store, DRY_RUN);
    }

    /** Customers that the host says it changed lately, again and again. */
    public static ScanJob changes(StoreKey store) {
        return new ScanJob(store, CHANGES);
    }

    /** All customers, slowly, again and again. */
    public static ScanJob sweep(StoreKey store) {
        return new ScanJob(store, SWEEP);
    }

    /** Since when the plugin hears of the store's customers; done once a backfill was. */
    static ScanJob baseline(StoreKey store) {
        return new ScanJob(store, BASELINE);
    }

    /** The mapping version that the store's customers were last looked at with, as its last id. */
    static ScanJob mapping(StoreKey store) {
        return new ScanJob(store, MAPPING);
    }

    /** When a sample was last read back, and the last customer of it as its last id. */
    public static ScanJob readBack(StoreKey store) {
        return new ScanJob(store, READ_BACK);
    }

    /** A customer whose row goes as soon as Yotpo knows that the customer is disabled. */
    static ScanJob erasure(StoreKey store, String customerId) {
        return new ScanJob(store, ERASURE + customerId);
    }

    boolean isBackfill() {
        return name.equals(BACKFILL);
    }

    boolean isDryRun() {
        return name.equals(DRY_RUN);
    }

    /** Whether it looks at some customers only. */
    boolean isOfChanges() {
        return name.equals(CHANGES);
    }

    boolean isSweep() {
        return name.equals(SWEEP);
    }

    /** Whether it begins by itself, again and again. */
    boolean comesRound() {
        return isSweep() || isOfChanges();
    }

    boolean isErasure() {
        return name.startsWith(ERASURE);
    }

    String erasedCustomer() {
        return name.substring(ERASURE.length());
    }

    @Override
    public String toString() {
        return name + " of store " + store;
    }
}
