package io.yotposync.autoconfigure.properties;

import io.yotposync.jdbc.OutboxTables;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where customers' states wait to be sent.
 *
 * @param type Where the states are kept: in the host's database, in memory, or in the database where there is one.
 * @param capture How states come in: handed over after the host's commit, or written in the host's own transaction.
 * @param maxRows How many customers an outbox in memory holds.
 * @param maxWaiting How many customers may wait in memory to be written to the database.
 * @param jdbc The tables in the host's database.
 */
public record OutboxProperties(
        @DefaultValue("auto") Type type,
        @DefaultValue("hand-over") Capture capture,
        @DefaultValue("100000") int maxRows,
        @DefaultValue("20000") int maxWaiting,
        @DefaultValue Jdbc jdbc) {

    /** Kinds of outbox. */
    public enum Type {
        /** The database where the host has one and the tables are there, otherwise memory. */
        AUTO,
        /** The host's database; start-up fails where that is not possible. */
        JDBC,
        /** This process's memory: what is waiting is lost when it ends. */
        MEMORY
    }

    /** Ways in. */
    public enum Capture {
        /** After the host's commit: costs the saving thread microseconds. */
        HAND_OVER,
        /** In the host's own transaction: nothing falls between its commit and the event. */
        ATOMIC
    }

    /**
     * The tables in the host's database.
     *
     * @param initializeSchema When to create the tables.
     * @param dataSource Name of the DataSource bean; by default Broadleaf's webDS, else the only or primary one.
     * @param schema Schema of the tables, if not the connection's own.
     * @param tablePrefix What the tables' names begin with.
     * @param payload Whether a waiting customer's payload is kept in its row, or read from the host when it is sent.
     */
    public record Jdbc(
            @DefaultValue("embedded") InitializeSchema initializeSchema,
            @Nullable String dataSource,
            @Nullable String schema,
            @DefaultValue("yotpo_") String tablePrefix,
            @DefaultValue("keep") Payload payload) {

        public OutboxTables tables() {
            return new OutboxTables(schema == null || schema.isBlank() ? null : schema, tablePrefix);
        }
    }

    /** What is stored of a waiting customer. */
    public enum Payload {
        /** The payload, until it is acknowledged. */
        KEEP,
        /** Nothing: the customer is read from the host when it is sent. */
        REREAD
    }

    /** When tables are created. */
    public enum InitializeSchema {
        /** Only in a database in memory. */
        EMBEDDED,
        /** At every start, if they are missing. */
        ALWAYS,
        /** Never: by the host's own migrations. */
        NEVER
    }
}
