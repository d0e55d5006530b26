package io.yotposync.autoconfigure.capture;

import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Whether one of the host's transaction managers is JTA's. Asked at a commit of what none of Spring's own has begun, so that
 * its manager is there by then; makes none.
 */
final class Jta implements BooleanSupplier {

    private static final String MANAGER = "org.springframework.transaction.jta.JtaTransactionManager";

    private final ListableBeanFactory beans;
    private volatile boolean known;

    Jta(ListableBeanFactory beans) {
        this.beans = beans;
    }

    @Override
    public boolean getAsBoolean() {
        known = known || Stream.of(names()).anyMatch(name -> isJta(beans.getType(name, false)));
        return known;
    }

    private String[] names() {
        return BeanFactoryUtils.beanNamesForTypeIncludingAncestors(
                beans, PlatformTransactionManager.class, true, false);
    }

    private static boolean isJta(@Nullable Class<?> type) {
        return type != null && (type.getName().equals(MANAGER) || isJta(type.getSuperclass()));
    }
}
