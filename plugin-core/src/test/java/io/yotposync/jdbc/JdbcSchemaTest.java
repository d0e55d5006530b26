package io.yotposync.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;

class JdbcSchemaTest {

    /** Otherwise a start that finds all tables and indexes would leave the rest of it undone. */
    @Test
    void postgresqlsScriptCreatesTablesAndIndexesAndDoesNothingElse() throws IOException {
        String script =
                new ClassPathResource("db/yotpo/postgresql/schema.sql").getContentAsString(StandardCharsets.UTF_8);

        assertThat(Stream.of(script.replaceAll("--.*", "").split(";", -1)).map(String::strip))
                .filteredOn(statement -> !statement.isEmpty())
                .hasSizeGreaterThan(1)
                .allSatisfy(
                        statement -> assertThat(statement).matches("(?s)CREATE (TABLE|INDEX) IF NOT EXISTS \\S+\\s.*"));
    }
}
