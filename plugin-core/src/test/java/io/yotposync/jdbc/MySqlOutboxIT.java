package io.yotposync.jdbc;

class MySqlOutboxIT extends JdbcOutboxContract {

    @Override
    TestDatabase database() {
        return TestDatabase.MYSQL;
    }
}
