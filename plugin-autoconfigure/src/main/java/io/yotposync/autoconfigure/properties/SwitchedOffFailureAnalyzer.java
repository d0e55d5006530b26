package io.yotposync.autoconfigure.properties;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Says why a host's bean finds none of ours: the plugin is switched off. Before Boot's own, which would have the host define
 * one.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class SwitchedOffFailureAnalyzer extends AbstractFailureAnalyzer<NoSuchBeanDefinitionException> {

    private static final String OURS = "io.yotposync.";
    private static final String ENABLED = YotpoSyncProperties.PREFIX + ".enabled";

    private final Environment environment;

    public SwitchedOffFailureAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, NoSuchBeanDefinitionException cause) {
        Class<?> type = cause.getBeanType();
        boolean missing = type != null
                && type.getName().startsWith(OURS)
                && !(cause instanceof NoUniqueBeanDefinitionException)
                && OnSetting.value(environment, ENABLED, "false", "true").equals("false");
        if (!missing) {
            return null;
        }
        return new FailureAnalysis(
                "A bean of the host's needs a " + type.getSimpleName() + ", and there is none, for " + ENABLED
                        + " is false.",
                "Inject an ObjectProvider<" + type.getSimpleName() + ">, which may be empty, or set " + ENABLED
                        + "=true.",
                cause);
    }
}
