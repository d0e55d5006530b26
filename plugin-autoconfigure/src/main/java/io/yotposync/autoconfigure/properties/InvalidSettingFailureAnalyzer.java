package io.yotposync.autoconfigure.properties;

import io.yotposync.store.InvalidSettingException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;

/**
 * Turns a wrong setting into sentences: which property, what is wrong, and which line or variable says so; and what to write
 * instead.
 */
public final class InvalidSettingFailureAnalyzer extends AbstractFailureAnalyzer<InvalidSettingException> {

    private final Environment environment;

    public InvalidSettingFailureAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidSettingException cause) {
        return new FailureAnalysis(
                "The property '" + cause.setting() + "' " + cause.problem() + "." + origin(cause.setting()),
                cause.fix() + " To start without the plugin, set yotpo.sync.enabled=false.",
                cause);
    }

    /** Of several files that may set it the one that counts; empty where none does. */
    private String origin(String setting) {
        if (environment instanceof ConfigurableEnvironment configurable) {
            ConfigurationPropertyName name = ConfigurationPropertyName.adapt(setting, '.');
            for (ConfigurationPropertySource source :
                    ConfigurationPropertySources.from(configurable.getPropertySources())) {
                ConfigurationProperty found = source.getConfigurationProperty(name);
                if (found != null) {
                    return found.getOrigin() == null ? "" : " Origin: " + found.getOrigin() + ".";
                }
            }
        }
        return "";
    }
}
