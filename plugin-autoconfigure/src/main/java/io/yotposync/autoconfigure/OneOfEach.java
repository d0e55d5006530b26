package io.yotposync.autoconfigure;

import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.ConfigurationCondition;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Whether it is clear with which beans Broadleaf's customers are read. Where it is not, there is no scan: a host must
 * not fail to start over what it did not ask for.
 */
class OneOfEach extends SpringBootCondition implements ConfigurationCondition {

    @Override
    public ConfigurationPhase getConfigurationPhase() {
        return ConfigurationPhase.REGISTER_BEAN;
    }

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        boolean transactions =
                isClear(context, "transaction-manager", "blTransactionManager", PlatformTransactionManager.class);
        return new ConditionOutcome(
                isDataSourceClear(context) && transactions,
                "set yotpo.sync.source.data-source and yotpo.sync.source.transaction-manager where a host has several");
    }

    private static boolean isDataSourceClear(ConditionContext context) {
        return isClear(context, "data-source", SourceBeans.WEB_DS, DataSource.class);
    }

    /** The same of the database alone. */
    static final class OfDataSources extends OneOfEach {

        @Override
        public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return new ConditionOutcome(
                    isDataSourceClear(context), "set yotpo.sync.source.data-source where a host has several");
        }
    }

    private static boolean isClear(ConditionContext context, String setting, String broadleafs, Class<?> type) {
        ConfigurableListableBeanFactory beans = context.getBeanFactory();
        if (beans == null) {
            return false;
        }
        if (context.getEnvironment().containsProperty("yotpo.sync.source." + setting)) {
            return true;
        }
        List<String> names = Stream.of(beans.getBeanNamesForType(type, true, false))
                .filter(name -> isCandidate(beans, name))
                .toList();
        return names.size() == 1
                || OnDataSource.mayBe(beans, broadleafs, type)
                || names.stream().filter(name -> isPrimary(beans, name)).count() == 1;
    }

    /** What is behind a scoped proxy is none, as where Spring Cloud can refresh it. */
    private static boolean isCandidate(ConfigurableListableBeanFactory beans, String name) {
        return !beans.containsBeanDefinition(name)
                || beans.getBeanDefinition(name).isAutowireCandidate();
    }

    private static boolean isPrimary(ConfigurableListableBeanFactory beans, String name) {
        return beans.containsBeanDefinition(name)
                && beans.getBeanDefinition(name).isPrimary();
    }
}
