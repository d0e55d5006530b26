package io.yotposync.autoconfigure.operator;

import io.yotposync.autoconfigure.properties.ConditionalOnSetting;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** The page for operators, as an endpoint beside {@code yotposync}; only where it is asked for. */
@AutoConfiguration(value = "yotpoConsoleAutoConfiguration", after = YotpoEndpointAutoConfiguration.class)
@ConditionalOnClass(name = "org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint")
@ConditionalOnSetting(value = "console.enabled", otherwise = "false")
@ConditionalOnBean(YotpoSyncEndpoint.class)
public class YotpoConsoleAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    YotpoConsoleEndpoint yotpoSyncConsoleEndpoint() {
        return new YotpoConsoleEndpoint();
    }
}
