package io.yotposync.jdbc;

class H2OutboxIT extends JdbcOutboxContract {

    @Override
    public TestDatabase database() {
        return TestDatabase.H2;
    }
}
