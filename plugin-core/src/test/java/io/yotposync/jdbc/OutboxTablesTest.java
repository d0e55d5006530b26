package io.yotposync.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class OutboxTablesTest {

    @Test
    void namesAreQualifiedAndPrefixed() {
        assertThat(OutboxTables.standard().customerSync()).isEqualTo("yotpo_customer_sync");
        assertThat(new OutboxTables("shop", "x_").storeState()).isEqualTo("shop.x_store_state");
    }

    @Test
    void namesThatWouldBeMoreThanANameAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new OutboxTables("a;b", "x_"));
        assertThatIllegalArgumentException().isThrownBy(() -> new OutboxTables("", "x_"));
        assertThatIllegalArgumentException().isThrownBy(() -> new OutboxTables(null, "x y"));
    }

    @Test
    void databasesAreKnownByTheirProductName() {
        assertThat(Dialect.of("PostgreSQL", "16.4")).isEqualTo(Dialect.POSTGRESQL);
        assertThat(Dialect.of("HSQL Database Engine", "2.7.4")).isEqualTo(Dialect.HSQLDB);
        assertThat(Dialect.of("MySQL", "8.4.3").script()).isEqualTo("classpath:db/yotpo/mysql/schema.sql");
        assertThatIllegalStateException()
                .isThrownBy(() -> Dialect.of("Oracle", "23.0"))
                .withMessageContaining("Oracle")
                .withMessageContaining("yotpo.sync.outbox.type");
    }

    @Test
    void aMariaDbIsOneByTheDriverOfMySqlToo() {
        assertThat(Dialect.of("MySQL", "10.6.18-MariaDB")).isEqualTo(Dialect.MARIADB);
    }
}
