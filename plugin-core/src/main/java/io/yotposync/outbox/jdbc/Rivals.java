package io.yotposync.outbox.jdbc;

import io.yotposync.outbox.Rival;
import java.util.List;

/** How a row {@code c} that is identified by a contact alone stands to the others whom Yotpo takes for it. */
final class Rivals {

    private static final List<Rival> NUMBERED = List.of(Rival.values());

    private static final String LATER = "r.contact_alone = 1 AND r.source_ver > c.source_ver";
    private static final String LATER_IN_SYNC = LATER + " AND r.status = 'S'";

    private final String others;

    Rivals(OutboxTables tables) {
        others = " FROM " + tables.customerSync() + " r WHERE r.store_id = c.store_id AND r.contact_fp = c.contact_fp";
    }

    /** The number of the {@link Rival}; {@code :token} is of the claims that are being made. */
    String strongest() {
        return "CASE WHEN c.contact_alone = 0 THEN " + NUMBERED.indexOf(Rival.NONE)
                + when("r.contact_alone = 0", Rival.REGISTERED)
                + when(LATER_IN_SYNC, Rival.LATER)
                + when(LATER + " AND r.status = 'P'", Rival.LATER_PENDING)
                + when("r.lease_until > :now AND r.lease_token <> :token", Rival.UNDER_WAY)
                + " ELSE " + NUMBERED.indexOf(Rival.NONE) + " END";
    }

    private String when(String condition, Rival rival) {
        return " WHEN " + exists(condition) + " THEN " + NUMBERED.indexOf(rival);
    }

    private String exists(String condition) {
        return "EXISTS (SELECT 1" + others + " AND " + condition + ")";
    }

    static Rival of(int number) {
        return NUMBERED.get(number);
    }

    /** 1 or 0. */
    String superseded() {
        return "CASE WHEN c.contact_alone = 1 AND " + exists(LATER_IN_SYNC) + " THEN 1 ELSE 0 END";
    }
}
