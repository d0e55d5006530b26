package io.yotposync.outbox.jdbc;

import java.util.Locale;

/** The databases that the outbox's contract is tested on, MySQL by way of MariaDB. */
enum Dialect {
    H2,
    HSQLDB,
    POSTGRESQL,
    MARIADB,
    MYSQL;

    static Dialect of(String productName) {
        String name = productName.toLowerCase(Locale.ROOT);
        if (name.startsWith("hsql")) {
            return HSQLDB;
        }
        for (Dialect dialect : values()) {
            if (name.startsWith(dialect.id())) {
                return dialect;
            }
        }
        throw new IllegalStateException("The outbox does not know the database " + productName
                + ". Set yotpo.sync.outbox.type=memory, or give it another DataSource.");
    }

    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    String script() {
        return "classpath:db/yotpo/" + id() + "/schema.sql";
    }

    /** Whether there are statements for it alone, which upsert, claim and acknowledge many rows at once. */
    boolean hasNativeStatements() {
        return this == POSTGRESQL;
    }

    /** Their default, repeatable read, takes gap locks: two nodes that insert side by side would deadlock. */
    boolean needsReadCommitted() {
        return this == MARIADB || this == MYSQL;
    }

    /** Locks what a claim is about to take, passing over what a save is just changing. */
    String lockFree() {
        return this == POSTGRESQL ? " FOR UPDATE SKIP LOCKED" : "";
    }
}
