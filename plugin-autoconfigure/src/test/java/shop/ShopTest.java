package shop;

import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.customer.CustomerSaved;
import io.yotposync.customer.CustomerSnapshot;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** The documents' shop does what they say. */
class ShopTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    @Test
    void publishesWhatItSaves() {
        List<Object> published = new ArrayList<>();

        new CustomerService(published::add).save(new Customer("4711", "a@example.com", "A", "B", null, NOW));

        assertThat(published)
                .containsExactly(new CustomerSaved(CustomerSnapshot.of("4711")
                        .email("a@example.com")
                        .name("A", "B")
                        .updatedAt(NOW)
                        .build()));
    }

    @Test
    void listsItsCustomersInTheOrderOfTheirKeys() {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:documented-shop;DB_CLOSE_DELAY=-1");
        JdbcTemplate jdbc = new JdbcTemplate(database);
        jdbc.execute("CREATE TABLE customer (id VARCHAR(10) PRIMARY KEY, email VARCHAR(99), first_name VARCHAR(99),"
                + " last_name VARCHAR(99), newsletter BOOLEAN, updated_at TIMESTAMP)");
        for (int i = 1; i <= 3; i++) {
            jdbc.update(
                    "INSERT INTO customer VALUES (?, 'a@example.com', 'A', 'B', NULL, ?)",
                    "" + i,
                    Timestamp.from(NOW.plusSeconds(i)));
        }
        Customers customers = new Customers(jdbc);

        assertThat(customers.idsAfter(null, 2)).containsExactly("1", "2");
        assertThat(customers.idsAfter("2", 2)).containsExactly("3");
        assertThat(customers.idsChangedSince(NOW.plusSeconds(2), null, 9)).containsExactly("2", "3");
        List<Object> published = new ArrayList<>();
        new CustomerService(published::add)
                .save(new Customer("3", "a@example.com", "A", "B", null, NOW.plusSeconds(3)));
        assertThat(customers.find("3"))
                .as("what is published")
                .hasValueSatisfying(found -> assertThat(published).containsExactly(new CustomerSaved(found)));
        assertThat(customers.find("4")).isEmpty();
        jdbc.execute("SHUTDOWN");
    }
}
