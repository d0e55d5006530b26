package io.yotposync.jdbc;

import io.yotposync.outbox.Outbox;
import org.junit.jupiter.api.Tag;

/** Proves that the portable SQL and the native upsert follow the same rules. */
@Tag("long")
class PortablePostgresOutboxIT extends JdbcOutboxContract {

    @Override
    public TestDatabase database() {
        return TestDatabase.POSTGRESQL;
    }

    @Override
    Outbox outboxOf(JdbcStorage storage) {
        return storage.portableOutbox();
    }

    @Override
    AtomicWriter writerOf(JdbcStorage storage) {
        return storage.atomicWriter(false);
    }
}
