package io.yotposync.autoconfigure;

import io.yotposync.YotpoSync;
import io.yotposync.client.HttpYotpoClient;
import io.yotposync.client.YotpoClient;
import io.yotposync.dispatch.Lanes;
import io.yotposync.jdbc.JdbcStorage;
import io.yotposync.jdbc.OutboxTables;
import io.yotposync.operator.Alert;
import io.yotposync.payload.CustomerPayloadCustomizer;
import io.yotposync.payload.CustomerProperty;
import io.yotposync.scan.Erasure;
import java.net.Authenticator;
import java.net.PasswordAuthentication;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;

/** The documents' pieces of Java, compiled; {@link DocumentationTest} sees to it that they stand there as they do here. */
@SuppressWarnings({"unused", "UnusedMethod"}) // read as text
final class ReadmeSnippets {

    @Bean
    CustomerPayloadCustomizer loyalty() {
        return (payload, customer, store) ->
                payload.set(CustomerProperty.TAGS, customer.attributes().get("loyaltyTier"));
    }

    @Bean
    YotpoClient yotpoBehindAProxy(Lanes lanes, PasswordAuthentication login) {
        Authenticator ofTheProxy = new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                boolean proxy = getRequestorType() == RequestorType.PROXY;
                return proxy ? login : super.getPasswordAuthentication();
            }
        };
        HttpClient http = HttpClient.newBuilder().authenticator(ofTheProxy).build();
        return new HttpYotpoClient(http, lanes, Clock.systemUTC());
    }

    /** Whoever is called. */
    interface Pager {

        void call(String store, String what);
    }

    private final Pager pager = (store, what) -> {};

    @EventListener
    void onAlert(Alert alert) {
        pager.call(alert.store(), alert.toString());
    }

    YotpoSync.Builder withoutSpring(DataSource dataSource) {
        JdbcStorage tables = JdbcStorage.open(dataSource, OutboxTables.standard());
        YotpoSync.Builder durable = YotpoSync.builder().outbox(tables.outbox(), tables.storeStates());
        return durable;
    }

    List<Erasure.Receipt> erase(Erasure erasure, String customerId) {
        return erasure.erase(customerId);
    }
}
