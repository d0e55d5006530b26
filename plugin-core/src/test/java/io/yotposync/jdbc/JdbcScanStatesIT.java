package io.yotposync.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.scan.ScanStates;
import io.yotposync.scan.ScanStatesContract;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class JdbcScanStatesIT {

    /** What only a database can get wrong. */
    abstract static class OnADatabase extends ScanStatesContract {

        private final TestDatabase database;

        OnADatabase(TestDatabase database) {
            this.database = database;
        }

        @Override
        protected ScanStates empty() {
            return JdbcStorage.open(database.empty(), OutboxTables.standard()).scanStates();
        }

        @Test
        void oneNodeHasTheLeaseUntilItEndsOrIsGivenBack() {
            ScanStates states = empty();
            assertThat(states.lease("a", Duration.ofSeconds(30), T0)).isTrue();
            assertThat(states.lease("b", Duration.ofSeconds(30), T0.plusSeconds(29)))
                    .isFalse();

            assertThat(states.lease("b", Duration.ofSeconds(30), T0.plusSeconds(30)))
                    .isTrue();
            states.release("a");
            assertThat(states.lease("a", Duration.ofSeconds(30), T0.plusSeconds(31)))
                    .isFalse();
            states.release("b");
            assertThat(states.lease("a", Duration.ofSeconds(30), T0.plusSeconds(32)))
                    .isTrue();
        }
    }

    @Nested
    class H2 extends OnADatabase {
        H2() {
            super(TestDatabase.H2);
        }
    }

    @Nested
    class H2AsSqlServer extends OnADatabase {
        H2AsSqlServer() {
            super(TestDatabase.H2_MSSQLSERVER);
        }
    }

    @Nested
    class Hsqldb extends OnADatabase {
        Hsqldb() {
            super(TestDatabase.HSQLDB);
        }
    }

    @Nested
    class Postgres extends OnADatabase {
        Postgres() {
            super(TestDatabase.POSTGRESQL);
        }
    }

    @Nested
    @Tag("long")
    class MariaDb extends OnADatabase {
        MariaDb() {
            super(TestDatabase.MARIADB);
        }
    }

    @Nested
    class MySql extends OnADatabase {
        MySql() {
            super(TestDatabase.MYSQL);
        }
    }
}
