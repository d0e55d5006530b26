package io.yotposync.autoconfigure.operator;

import io.yotposync.autoconfigure.properties.ConditionalOnSetting;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** The page for operators, as an endpoint beside {@code yotposync}; only where it is asked for. */
@AutoConfiguration(value = "yotpoConsoleAutoConfiguration", after = YotpoEndpointAutoConfiguration.class)
@ConditionalOnClass(name = "org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint")
@ConditionalOnSetting(value = "console.enabled", otherwise = "false")
@ConditionalOnBean(YotpoSyncEndpoint.class)
public class YotpoConsoleAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    YotpoConsoleEndpoint yotpoSyncConsoleEndpoint(Environment environment) {
        return new YotpoConsoleEndpoint(
                path(YotpoConsoleEndpoint.ID, environment), path(YotpoSyncEndpoint.ID, environment));
    }

    /** Below Actuator's, where the host may have moved each endpoint on its own. */
    private static String path(String id, Environment environment) {
        return environment.getProperty("management.endpoints.web.path-mapping." + id, id);
    }
}
