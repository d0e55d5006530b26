package io.yotposync.outbox.jdbc;

class HsqldbOutboxIT extends JdbcOutboxContract {

    @Override
    TestDatabase database() {
        return TestDatabase.HSQLDB;
    }
}
