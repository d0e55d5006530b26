package io.yotposync.sample.sandbox;

import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

@Configuration(proxyBeanMethods = false)
class SandboxConfiguration implements WebMvcConfigurer {

    @Bean
    YotpoSandbox yotpoSandbox(SandboxSettings settings) {
        return new YotpoSandbox(settings, Clock.systemUTC());
    }

    @Override
    public void addViewControllers(ViewControllerRegistry registry) {
        registry.addViewController("/yotpo/_sandbox").setViewName("forward:/sandbox.html");
    }
}
