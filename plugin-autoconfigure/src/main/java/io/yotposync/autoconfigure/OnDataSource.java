package io.yotposync.autoconfigure;

import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Whether the host has a {@code DataSource}: a bean that is known to be one, or one that is to be by its name. What JNDI
 * looks up has a type only once it was looked up, which is no business of a condition.
 */
final class OnDataSource extends AnyNestedCondition {

    OnDataSource() {
        super(ConfigurationPhase.REGISTER_BEAN);
    }

    @ConditionalOnBean(DataSource.class)
    static final class OfItsType {}

    @Conditional(ByName.class)
    static final class OfItsName {}

    /** As a property names it, or Broadleaf. */
    static final class ByName extends SpringBootCondition {

        @Override
        public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
            boolean found = Stream.of("yotpo.sync.outbox.jdbc.data-source", "yotpo.sync.source.data-source")
                    // No fault of a placeholder that nobody set: that is told later, by the name of the property.
                    .map(property -> context.getEnvironment().resolvePlaceholders("${" + property + ":}"))
                    .anyMatch(name -> mayBe(context.getBeanFactory(), name, DataSource.class));
            return new ConditionOutcome(
                    found || mayBe(context.getBeanFactory(), SourceBean.WEB_DS, DataSource.class),
                    "a DataSource whose type is not known yet is found by its name");
        }
    }

    /** Whether there is a bean of that name that is of the type, or of none that is known before it is made. */
    static boolean mayBe(@Nullable ConfigurableListableBeanFactory beans, @Nullable String name, Class<?> type) {
        if (beans == null || name == null || name.isBlank() || !beans.containsBean(name)) {
            return false;
        }
        Class<?> known = beans.getType(name, false);
        return known == null
                || type.isAssignableFrom(known)
                // The factory of any object, as JNDI's is.
                || (known.isAssignableFrom(type)
                        && beans.isTypeMatch(BeanFactory.FACTORY_BEAN_PREFIX + name, FactoryBean.class));
    }
}
