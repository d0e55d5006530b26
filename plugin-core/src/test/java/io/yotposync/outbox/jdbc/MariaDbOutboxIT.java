package io.yotposync.outbox.jdbc;

class MariaDbOutboxIT extends JdbcOutboxContract {

    @Override
    TestDatabase database() {
        return TestDatabase.MARIADB;
    }
}
