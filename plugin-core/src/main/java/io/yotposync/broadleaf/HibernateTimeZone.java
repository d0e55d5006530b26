package io.yotposync.broadleaf;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.ResourceTransactionManager;

/** In which time zone the host's Hibernate writes times. By names that {@code javax} and {@code jakarta} have in common. */
final class HibernateTimeZone {

    private static final String SETTING = "hibernate.jdbc.time_zone";

    private HibernateTimeZone() {}

    /**
     * @param transactions the host's, of the persistence unit; of other ones, as JTA's, no setting is known
     * @return {@code null} where none is known: Hibernate leaves it to the driver then
     */
    static @Nullable TimeZone of(PlatformTransactionManager transactions) {
        Object factory = transactions instanceof ResourceTransactionManager ofOne ? ofOne.getResourceFactory() : null;
        Object zone = factory == null ? null : setting(factory);
        if (zone == null || zone instanceof TimeZone) {
            return (TimeZone) zone;
        }
        return TimeZone.getTimeZone(zone instanceof ZoneId known ? known : ZoneId.of(zone.toString()));
    }

    private static @Nullable Object setting(Object factory) {
        try {
            for (String jpa : List.of("jakarta", "javax")) {
                Optional<Class<?>> face =
                        LazyParts.implemented(factory.getClass(), jpa + ".persistence.EntityManagerFactory");
                if (face.isPresent()) {
                    Map<?, ?> settings =
                            (Map<?, ?>) face.get().getMethod("getProperties").invoke(factory);
                    return settings.get(SETTING);
                }
            }
            return null;
        } catch (ReflectiveOperationException | LinkageError another) {
            return null;
        }
    }
}
