package io.yotposync.autoconfigure.operator;

import java.util.Set;

/** Tells a database that fails from all else; by name, for a host without a database need not have Spring's classes. */
final class DatabaseFaults {

    private static final Set<String> NAMES = Set.of(
            "org.springframework.dao.DataAccessException", "org.springframework.transaction.TransactionException");

    private DatabaseFaults() {}

    static boolean isOne(RuntimeException fault) {
        Class<?> type = fault.getClass();
        while (type != null && !NAMES.contains(type.getName())) {
            type = type.getSuperclass();
        }
        return type != null;
    }

    /** What it is and what led to it, by name. */
    static String kinds(Throwable fault) {
        Throwable root = fault;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return fault.getClass().getName()
                + (root == fault ? "" : ", by " + root.getClass().getName());
    }
}
