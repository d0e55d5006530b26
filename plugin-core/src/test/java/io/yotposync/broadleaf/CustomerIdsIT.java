package io.yotposync.broadleaf;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.yotposync.jdbc.TestDatabase;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Calendar;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Where the driver writes times in another time zone than the JVM's, for the database's URL says so. */
class CustomerIdsIT {

    private static final TimeZone FAR = TimeZone.getTimeZone("Pacific/Kiritimati");
    private static final String FAR_BEHIND = "?connectionTimeZone=Pacific/Pago_Pago&preserveInstants=true";

    private final DriverManagerDataSource database = new DriverManagerDataSource(
            ((HikariDataSource) TestDatabase.MARIADB.pool()).getJdbcUrl() + FAR_BEHIND, "root", "");
    private final JdbcTemplate jdbc = new JdbcTemplate(database);
    private final CustomerIds ids = new CustomerIds(database, null);
    private final Instant now = Instant.now();

    @BeforeEach
    void create() {
        jdbc.execute("CREATE TABLE BLC_CUSTOMER (CUSTOMER_ID BIGINT, DATE_CREATED DATETIME, DATE_UPDATED DATETIME)");
    }

    @AfterEach
    void drop() {
        jdbc.execute("DROP TABLE BLC_CUSTOMER");
    }

    @Test
    void changesThatHibernateLeftToTheDriverAreAskedForInTheDriversTimeZone() {
        jdbc.update("INSERT INTO BLC_CUSTOMER VALUES (1, ?, NULL)", Timestamp.from(now));

        assertFoundByItsTime(null);
    }

    @Test
    void changesThatHibernateWroteInAnotherTimeZoneAreAskedForInThat() {
        jdbc.update(
                "INSERT INTO BLC_CUSTOMER VALUES (1, NULL, ?)",
                statement -> statement.setTimestamp(1, Timestamp.from(now), Calendar.getInstance(FAR)));

        assertFoundByItsTime(FAR);
    }

    private void assertFoundByItsTime(@Nullable TimeZone zone) {
        assertThat(ids.changedSince(now.minus(Duration.ofHours(1)), zone, null, 10))
                .containsExactly("1");
        assertThat(ids.changedSince(now.plus(Duration.ofHours(1)), zone, null, 10))
                .isEmpty();
    }
}
