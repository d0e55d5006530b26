package io.yotposync.jdbc;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class InexactTextIT {

    @Test
    void aDatabaseThatTakesAnEmptyTextForNoneIsRefused() {
        refuses("jdbc:h2:mem:oracle;DB_CLOSE_DELAY=-1;MODE=Oracle", "takes an empty text for none");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:h2:mem:ignorecase;DB_CLOSE_DELAY=-1;IGNORECASE=TRUE",
                "jdbc:hsqldb:mem:ignorecase;sql.ignore_case=true"
            })
    void aDatabaseThatTakesOneCustomerForAnotherIsRefused(String url) {
        refuses(url, "takes customer aB for customer Ab");
    }

    private static void refuses(String url, String what) {
        DataSource database = new DriverManagerDataSource(url, "SA", "");
        assertThatIllegalStateException()
                .isThrownBy(() -> {
                    JdbcSchema.create(database, OutboxTables.standard());
                    JdbcStorage.open(database, OutboxTables.standard());
                })
                .withMessageContaining(what);
    }
}
