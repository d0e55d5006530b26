package io.yotposync.jdbc;

import static io.yotposync.outbox.States.EU;
import static io.yotposync.outbox.States.T0;
import static io.yotposync.outbox.States.key;
import static io.yotposync.outbox.States.live;
import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.outbox.Desired;
import io.yotposync.outbox.Outbox;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MariaDbOutboxIT extends JdbcOutboxContract {

    @Override
    TestDatabase database() {
        return TestDatabase.MARIADB;
    }

    /** Left to itself it would look all rows of the store through, and lock them, for a batch that is a part of it. */
    @ParameterizedTest
    @ValueSource(ints = {8, 100, 500})
    void aBatchWaitsForNoRowThatIsNotInIt(int size) throws SQLException {
        DataSource pool = database().empty();
        Outbox outbox = JdbcStorage.open(pool, OutboxTables.standard()).outbox();
        outbox.upsert(states(0, size * 5 / 4, "1"), T0);
        try (Connection forgotten = pool.getConnection()) {
            forgotten.setAutoCommit(false);
            forgotten
                    .createStatement()
                    .executeUpdate(
                            "UPDATE yotpo_customer_sync SET note = 'looked at' WHERE store_id = 'eu' AND customer_id = 'c00000'");

            assertThat(outbox.upsert(states(1, size, "2"), T0.plusSeconds(1))).isEmpty();

            forgotten.rollback();
            forgotten.setAutoCommit(true);
        }
    }

    private static List<Desired> states(int from, int count, String state) {
        return IntStream.range(from, from + count)
                .mapToObj(i -> live(key(EU, String.format("c%05d", i)), state))
                .toList();
    }
}
