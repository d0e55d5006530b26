package io.yotposync.autoconfigure.capture;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.transaction.PlatformTransactionManager;

/** Whether one of the host's transaction managers is JTA's. Asked at a commit of what none of Spring's own has begun. */
final class Jta implements BooleanSupplier {

    private static final String MANAGER = "org.springframework.transaction.jta.JtaTransactionManager";

    private final ListableBeanFactory beans;
    private volatile @Nullable Boolean known;

    Jta(ListableBeanFactory beans) {
        this.beans = beans;
    }

    @Override
    public boolean getAsBoolean() {
        Boolean jta = known;
        if (jta == null) {
            jta = beans.getBeanProvider(PlatformTransactionManager.class).stream()
                    .anyMatch(manager -> isJta(manager.getClass()));
            known = jta;
        }
        return jta;
    }

    private static boolean isJta(@Nullable Class<?> type) {
        return type != null && (type.getName().equals(MANAGER) || isJta(type.getSuperclass()));
    }
}
