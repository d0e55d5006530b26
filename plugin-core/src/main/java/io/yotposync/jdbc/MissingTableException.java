package io.yotposync.jdbc;

import java.util.List;

/** A table of the outbox is not there, lacks a column, or may not be read. */
public final class MissingTableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String table;
    private final String script;
    private final boolean old;

    /** @param lacking columns that a table of an older version does not have; empty if there is no such table */
    MissingTableException(String table, String script, List<String> lacking, Throwable cause) {
        super(
                lacking.isEmpty()
                        ? "Table " + table + " is missing or not readable. " + script + " creates it."
                        : "Table " + table + " lacks " + String.join(", ", lacking) + ". " + script
                                + " says how they are defined.",
                cause);
        this.table = table;
        this.script = script;
        this.old = !lacking.isEmpty();
    }

    /** Whether the table is there, but of an older version. */
    public boolean isOld() {
        return old;
    }

    /** The table's qualified name. */
    public String table() {
        return table;
    }

    /** The script that creates it, as a location on the class path. */
    public String script() {
        return script;
    }
}
