package io.yotposync.broadleaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.mockito.Mockito.withSettings;

import io.yotposync.jdbc.TestDatabase;
import java.time.ZoneId;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.cfg.Configuration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.ResourceTransactionManager;

/** With Hibernate 5 and {@code javax}; the sample shop has Hibernate 6 and {@code jakarta}. */
class HibernateTimeZoneIT {

    private static final ZoneId FAR = ZoneId.of("Pacific/Kiritimati");

    static Stream<Object> asAHostMaySayIt() {
        return Stream.of(FAR.getId(), FAR, TimeZone.getTimeZone(FAR));
    }

    @ParameterizedTest
    @MethodSource("asAHostMaySayIt")
    void isTheOneThatTheHostHasSet(Object setting) {
        try (SessionFactory sessions = sessions(setting)) {
            assertThat(HibernateTimeZone.of(of(sessions))).isEqualTo(TimeZone.getTimeZone(FAR));
        }
    }

    @Test
    void isNotKnownWhereNoneIsSet() {
        try (SessionFactory sessions = sessions(null)) {
            assertThat(HibernateTimeZone.of(of(sessions))).isNull();
        }
    }

    @Test
    void isNotKnownWhereTheTransactionsKnowNoPersistenceUnit() {
        assertThat(HibernateTimeZone.of(mock(PlatformTransactionManager.class))).isNull();
        assertThat(HibernateTimeZone.of(of("a data source"))).isNull();
    }

    private static PlatformTransactionManager of(Object resource) {
        PlatformTransactionManager transactions = mock(
                PlatformTransactionManager.class, withSettings().extraInterfaces(ResourceTransactionManager.class));
        when(((ResourceTransactionManager) transactions).getResourceFactory()).thenReturn(resource);
        return transactions;
    }

    private static SessionFactory sessions(@Nullable Object zone) {
        Configuration configuration = new Configuration();
        configuration.getProperties().put(AvailableSettings.DATASOURCE, TestDatabase.H2.empty());
        if (zone != null) {
            configuration.getProperties().put(AvailableSettings.JDBC_TIME_ZONE, zone);
        }
        return configuration.buildSessionFactory();
    }
}
