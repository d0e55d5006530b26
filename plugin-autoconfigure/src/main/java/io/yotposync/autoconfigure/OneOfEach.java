package io.yotposync.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.ConfigurationCondition;
import org.springframework.core.type.AnnotatedTypeMetadata;

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
        return new ConditionOutcome(
                SourceBean.DATA_SOURCE.isClear(context) && SourceBean.TRANSACTION_MANAGER.isClear(context),
                "set yotpo.sync.source.data-source and yotpo.sync.source.transaction-manager where a host has several");
    }

    /** The same of the database alone. */
    static final class OfDataSources extends OneOfEach {

        @Override
        public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return new ConditionOutcome(
                    SourceBean.DATA_SOURCE.isClear(context),
                    "set yotpo.sync.source.data-source where a host has several");
        }
    }
}
