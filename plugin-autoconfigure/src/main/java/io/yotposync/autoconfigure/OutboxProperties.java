package io.yotposync.autoconfigure;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where customers' states wait to be sent.
 *
 * @param type Where the states are kept: in the host's database, in memory, or in the database where there is one.
 * @param maxRows How many customers an outbox in memory holds.
 */
public record OutboxProperties(
        @DefaultValue("auto") Type type,
        @DefaultValue("100000") int maxRows) {

    /** Kinds of outbox. */
    public enum Type {
        /** The database where the host has one and the tables are there, otherwise memory. */
        AUTO,
        /** The host's database; start-up fails where that is not possible. */
        JDBC,
        /** This process's memory: what is waiting is lost when it ends. */
        MEMORY
    }
}
