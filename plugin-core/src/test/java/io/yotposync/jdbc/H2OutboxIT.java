package io.yotposync.jdbc;

class H2OutboxIT extends JdbcOutboxContract {

    @Override
    TestDatabase database() {
        return TestDatabase.H2;
    }
}
