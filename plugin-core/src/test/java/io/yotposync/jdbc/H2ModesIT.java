package io.yotposync.jdbc;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** H2 as it stands in for databases that do not know LIMIT. */
@Tag("long")
class H2ModesIT {

    @Nested
    class AsSqlServer extends JdbcOutboxContract {

        @Override
        public TestDatabase database() {
            return TestDatabase.H2_MSSQLSERVER;
        }
    }

    @Nested
    class AsDerby extends JdbcOutboxContract {

        @Override
        public TestDatabase database() {
            return TestDatabase.H2_DERBY;
        }
    }
}
