package io.yotposync.outbox.jdbc;

/** A table of the outbox is not there, lacks a column, or may not be read. */
public final class MissingTableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String table;
    private final String script;

    MissingTableException(String table, String script, Throwable cause) {
        super("Table " + table + " is missing, incomplete or not readable. " + script + " creates it.", cause);
        this.table = table;
        this.script = script;
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
