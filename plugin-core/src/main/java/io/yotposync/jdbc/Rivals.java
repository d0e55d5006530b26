package io.yotposync.jdbc;

import io.yotposync.outbox.Rival;
import java.util.List;

/** How a row {@code c} stands to the others of its contact, whom Yotpo takes for it where either has nothing else. */
final class Rivals {

    private static final List<Rival> NUMBERED = List.of(Rival.values());

    private static final String LATER = "r.contact_alone = 1 AND r.source_ver > c.source_ver";

    /** Its version alone does not tell: a save that changes nothing raises it, and is not sent. */
    private static final String LATER_AT_YOTPO =
            LATER + " AND r.status = 'S' AND r.acked_fp = r.desired_fp AND r.acked_at >= COALESCE(c.acked_at, 0)";

    /** In words that the index of what is due does not have, or a planner without statistics would read all of that. */
    private static final String LATER_PENDING = LATER + " AND r.status <> 'S' AND r.status <> 'D'";

    private static final String UNDER_WAY = "r.lease_until > :now AND r.lease_token <> :token";

    private final String others;

    Rivals(OutboxTables tables) {
        // Not by the store, which the contact tells: a planner without statistics would look the others up by that.
        // By the ids too, or PostgreSQL may read all rows once instead of looking up the few.
        others = " FROM " + tables.customerSync() + " r WHERE r.contact_fp = c.contact_fp"
                + " AND r.customer_id <> c.customer_id";
    }

    /** The number of the {@link Rival}; {@code :token} is of the claims that are being made. */
    String strongest() {
        return "CASE WHEN c.contact_alone = 0 THEN CASE WHEN " + exists("r.contact_alone = 1 AND " + UNDER_WAY)
                + " THEN "
                + number(Rival.UNDER_WAY) + " ELSE " + number(Rival.NONE) + " END"
                + when("r.contact_alone = 0", Rival.REGISTERED)
                + when(LATER_AT_YOTPO, Rival.LATER)
                + when(LATER_PENDING, Rival.LATER_PENDING)
                + when(UNDER_WAY, Rival.UNDER_WAY)
                + " ELSE " + number(Rival.NONE) + " END";
    }

    private static int number(Rival rival) {
        return NUMBERED.indexOf(rival);
    }

    private String when(String condition, Rival rival) {
        return " WHEN " + exists(condition) + " THEN " + number(rival);
    }

    private String exists(String condition) {
        return "EXISTS (SELECT 1" + others + " AND " + condition + ")";
    }

    static Rival of(int number) {
        return NUMBERED.get(number);
    }

    /** 1 or 0. */
    String superseded() {
        return "CASE WHEN c.contact_alone = 1 AND " + exists(LATER_AT_YOTPO) + " THEN 1 ELSE 0 END";
    }
}
