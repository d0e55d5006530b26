package io.yotposync.observe;

import java.sql.SQLException;
import java.util.Objects;
import java.util.stream.Stream;

/** What a log may say of a fault of a database: its own messages may quote a customer, the state that it gives does not. */
public final class StorageFault {

    private static final int DEEPEST = 10;

    /** The class of the standard's codes. */
    private static final String DATA_EXCEPTION = "22";

    private StorageFault() {}

    /** Its class, and the SQL state if there is one. */
    public static String kind(Throwable fault) {
        String name = fault.getClass().getName();
        return states(fault)
                .findFirst()
                .map(state -> name + ", SQL state " + state)
                .orElse(name);
    }

    /** Whether it is a value that the database cannot hold: no later try helps. H2 says so below what it tells. */
    public static boolean isOfTheData(Throwable fault) {
        return states(fault).anyMatch(state -> state.startsWith(DATA_EXCEPTION));
    }

    private static Stream<String> states(Throwable fault) {
        return Stream.iterate(fault, Objects::nonNull, Throwable::getCause)
                .limit(DEEPEST)
                .filter(SQLException.class::isInstance)
                .map(cause -> ((SQLException) cause).getSQLState())
                .filter(Objects::nonNull);
    }
}
