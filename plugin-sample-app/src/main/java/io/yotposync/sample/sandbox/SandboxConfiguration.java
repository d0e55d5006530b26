package io.yotposync.sample.sandbox;

import io.yotposync.test.sandbox.YotpoSandbox;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

@Configuration(proxyBeanMethods = false)
class SandboxConfiguration implements WebMvcConfigurer {

    @Bean
    YotpoSandbox yotpoSandbox(SandboxProperties properties) {
        return new YotpoSandbox(properties.settings(), Clock.systemUTC());
    }

    @Override
    public void addViewControllers(ViewControllerRegistry registry) {
        registry.addViewController("/yotpo/_sandbox").setViewName("forward:/sandbox.html");
    }
}
