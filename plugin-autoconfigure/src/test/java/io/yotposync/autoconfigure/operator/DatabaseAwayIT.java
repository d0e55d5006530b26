package io.yotposync.autoconfigure.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.autoconfigure.Hosts;
import io.yotposync.outbox.Outbox;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** What an operator is answered while the outbox's database gives no connection. */
class DatabaseAwayIT {

    private final AtomicBoolean away = new AtomicBoolean();

    @Test
    void everyQuestionAndEveryWishIsAnsweredWithOneSentence() {
        Hosts.withOneStore().withBean(DataSource.class, this::database).run(context -> {
            assertThat(context.getBean(Outbox.class).durable()).isTrue();
            YotpoSyncEndpoint endpoint = context.getBean(YotpoSyncEndpoint.class);
            away.set(true);

            Stream<Object> questions = Stream.of(
                    endpoint.stores(),
                    endpoint.view("refused", "default", null),
                    endpoint.view("audit", null, null),
                    endpoint.view("support", null, null),
                    endpoint.explain("customer", "1", null));
            Stream<Object> wishes = Stream.of("pause", "resume", "disable", "enable", "retry", "resend")
                    .map(action -> endpoint.act(action, "default", "1", null, null, null, SecurityContext.NONE));
            Stream<Object> erasure =
                    Stream.of(endpoint.act("erase", null, "1", null, null, null, SecurityContext.NONE));

            assertThat(Stream.of(questions, wishes, erasure).flatMap(each -> each))
                    .hasSize(12)
                    .allSatisfy(answer -> assertThat(answer)
                            .isInstanceOfSatisfying(WebEndpointResponse.class, response -> {
                                assertThat(response.getStatus()).isEqualTo(503);
                                assertThat(((Map<?, ?>) response.getBody()).get("message"))
                                        .asString()
                                        .startsWith("a database does not answer")
                                        .contains("saves wait in memory (0 of ");
                            }));

            away.set(false);
            assertThat(endpoint.stores()).asString().contains("store=default");
        });
    }

    private DataSource database() {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        return new DelegatingDataSource(database) {
            @Override
            public Connection getConnection() throws SQLException {
                if (away.get()) {
                    throw new SQLException("no connection to canary");
                }
                return super.getConnection();
            }
        };
    }
}
