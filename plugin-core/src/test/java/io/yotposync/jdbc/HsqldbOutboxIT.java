package io.yotposync.jdbc;

class HsqldbOutboxIT extends JdbcOutboxContract {

    @Override
    public TestDatabase database() {
        return TestDatabase.HSQLDB;
    }
}
