package io.yotposync.outbox.jdbc;

class PostgresOutboxIT extends JdbcOutboxContract {

    @Override
    TestDatabase database() {
        return TestDatabase.POSTGRESQL;
    }
}
