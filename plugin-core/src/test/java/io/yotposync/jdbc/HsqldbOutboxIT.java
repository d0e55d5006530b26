package io.yotposync.jdbc;

class HsqldbOutboxIT extends JdbcOutboxContract {

    @Override
    TestDatabase database() {
        return TestDatabase.HSQLDB;
    }
}
