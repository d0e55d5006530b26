package io.yotposync.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class StorageFaultTest {

    @Test
    void saysWhatItIsAndTheStateThatTheDatabaseGaveAndNothingThatItQuotes() {
        SQLException full = new SQLException("could not extend file for ada@example.com", "53100");

        assertThat(StorageFault.kind(new IllegalStateException("ada@example.com", new RuntimeException(full))))
                .isEqualTo("java.lang.IllegalStateException, SQL state 53100");
        assertThat(StorageFault.kind(full)).isEqualTo("java.sql.SQLException, SQL state 53100");
    }

    @Test
    void saysNoStateWhereTheDatabaseGaveNone() {
        assertThat(StorageFault.kind(new SQLException("away"))).isEqualTo("java.sql.SQLException");
        assertThat(StorageFault.kind(new IllegalStateException())).isEqualTo("java.lang.IllegalStateException");
    }

    @Test
    void takesTheFirstStateThatThereIs() {
        SQLException stateless = new SQLException("no connection", new SQLException("refused", "08001"));

        assertThat(StorageFault.kind(stateless)).isEqualTo("java.sql.SQLException, SQL state 08001");
    }

    @Test
    void tellsAValueThatTheDatabaseCannotHoldFromADatabaseThatFails() {
        assertThat(StorageFault.isOfTheData(new IllegalStateException(new SQLException("no such letter", "22P05"))))
                .isTrue();
        SQLException below = new SQLException("no such letter", "22018");
        assertThat(StorageFault.isOfTheData(new SQLException("not written", "HY000", below)))
                .isTrue();
        assertThat(StorageFault.isOfTheData(new SQLException("full", "53100"))).isFalse();
        assertThat(StorageFault.isOfTheData(new IllegalStateException())).isFalse();
    }
}
