package io.yotposync.jdbc;

class MariaDbOutboxIT extends JdbcOutboxContract {

    @Override
    TestDatabase database() {
        return TestDatabase.MARIADB;
    }
}
