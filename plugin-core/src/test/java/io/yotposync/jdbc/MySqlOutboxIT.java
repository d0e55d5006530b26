package io.yotposync.jdbc;

class MySqlOutboxIT extends JdbcOutboxContract {

    @Override
    public TestDatabase database() {
        return TestDatabase.MYSQL;
    }
}
