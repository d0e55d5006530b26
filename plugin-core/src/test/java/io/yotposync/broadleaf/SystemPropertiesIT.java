package io.yotposync.broadleaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.UUID;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

class SystemPropertiesIT {

    private static final String EU = "yotpo.sync.stores.eu.enabled";
    private static final String US = "yotpo.sync.stores.us.enabled";

    private final JdbcDataSource database = new JdbcDataSource();
    private final SystemProperties properties = new SystemProperties(database, null);

    @BeforeEach
    void broadleafsTable() {
        database.setUrl("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        new JdbcTemplate(database)
                .execute("CREATE TABLE BLC_SYSTEM_PROPERTY (BLC_SYSTEM_PROPERTY_ID BIGINT PRIMARY KEY,"
                        + " PROPERTY_NAME VARCHAR(255) NOT NULL, PROPERTY_VALUE VARCHAR(255))");
    }

    @Test
    void readsTheSwitchesThatAreSet() {
        set(1, EU, " FALSE ");
        set(2, US, "true");
        set(3, "another.property", "false");

        assertThat(properties.switches(List.of(EU, US, "yotpo.sync.stores.uk.enabled")))
                .containsOnlyKeys(EU, US)
                .containsEntry(EU, false)
                .containsEntry(US, true);
    }

    @Test
    void readsTheWordsThatAFileMayUse() {
        List<String> no = List.of("false", "off", "No", "0");
        List<String> yes = List.of("true", "ON", "yes", "1");
        no.forEach(word -> set(no.indexOf(word), word, word));
        yes.forEach(word -> set(no.size() + yes.indexOf(word), word, word));

        assertThat(properties.switches(no)).hasSize(no.size()).doesNotContainValue(true);
        assertThat(properties.switches(yes)).hasSize(yes.size()).doesNotContainValue(false);
    }

    @Test
    void whatIsNoSwitchSaysNothing() {
        set(1, EU, null);
        set(2, US, "_blank_");
        set(3, "c", "perhaps");

        assertThat(properties.switches(List.of(EU, US, "c"))).isEmpty();
        assertThat(properties.switches(List.of())).isEmpty();
    }

    @Test
    void ofSeveralSitesOneThatSaysNoIsEnough() {
        set(1, EU, "true");
        set(2, EU, "false");
        set(3, EU, "true");

        assertThat(properties.switches(List.of(EU))).containsEntry(EU, false);
    }

    @Test
    void readsTheSchemaItIsTold() {
        new JdbcTemplate(database).execute("CREATE SCHEMA shop");
        new JdbcTemplate(database)
                .execute("CREATE TABLE shop.BLC_SYSTEM_PROPERTY AS SELECT * FROM BLC_SYSTEM_PROPERTY");
        new JdbcTemplate(database).update("INSERT INTO shop.BLC_SYSTEM_PROPERTY VALUES (1, ?, 'false')", EU);

        assertThat(new SystemProperties(database, "shop").switches(List.of(EU))).containsEntry(EU, false);
    }

    @Test
    void findsATableInSmallLettersWhereCaseMatters() {
        JdbcDataSource exact = new JdbcDataSource();
        exact.setUrl("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;DATABASE_TO_UPPER=FALSE");
        JdbcTemplate jdbc = new JdbcTemplate(exact);
        jdbc.execute("CREATE TABLE blc_system_property (PROPERTY_NAME VARCHAR(255), PROPERTY_VALUE VARCHAR(255))");
        jdbc.update("INSERT INTO blc_system_property VALUES (?, 'false')", EU);
        SystemProperties small = new SystemProperties(exact, null);

        assertThat(small.switches(List.of(EU))).containsEntry(EU, false);
        assertThat(small.switches(List.of(EU))).containsEntry(EU, false);
    }

    @Test
    void saysThatThereIsNoSuchTable() {
        new JdbcTemplate(database).execute("DROP TABLE BLC_SYSTEM_PROPERTY");

        assertThatThrownBy(() -> properties.switches(List.of(EU))).isInstanceOf(DataAccessException.class);
    }

    private void set(long id, String name, @Nullable String value) {
        new JdbcTemplate(database).update("INSERT INTO BLC_SYSTEM_PROPERTY VALUES (?, ?, ?)", id, name, value);
    }
}
