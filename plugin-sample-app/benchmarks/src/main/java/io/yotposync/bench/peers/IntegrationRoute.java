package io.yotposync.bench.peers;

import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.broadleafcommerce.profile.core.domain.Customer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.integration.config.EnableIntegration;
import org.springframework.integration.dsl.IntegrationFlow;
import org.springframework.integration.handler.advice.RequestHandlerRetryAdvice;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.support.GenericMessage;
import org.springframework.retry.support.RetryTemplate;

/** A channel with eight threads behind it and a handler that is tried three times, all in memory. */
final class IntegrationRoute implements Peer {

    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    private final MessageChannel saved;

    IntegrationRoute(URI url) {
        context.registerBean(YotpoCall.class, () -> new YotpoCall(url));
        context.register(Config.class);
        context.refresh();
        saved = context.getBean("saved.input", MessageChannel.class);
    }

    @Override
    public void saved(Customer customer) {
        saved.send(new GenericMessage<>(YotpoCall.body(customer)));
    }

    @Override
    public void close() {
        context.close();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableIntegration
    static class Config {

        @Bean(destroyMethod = "shutdownNow")
        ExecutorService workers() {
            return Executors.newFixedThreadPool(8, work -> {
                Thread thread = new Thread(work, "integration");
                thread.setDaemon(true);
                return thread;
            });
        }

        @Bean
        RequestHandlerRetryAdvice retry() {
            RequestHandlerRetryAdvice advice = new RequestHandlerRetryAdvice();
            advice.setRetryTemplate(
                    RetryTemplate.builder().maxAttempts(3).fixedBackoff(1000).build());
            return advice;
        }

        @Bean
        IntegrationFlow saved(YotpoCall yotpo, RequestHandlerRetryAdvice retry, ExecutorService workers) {
            return flow -> flow.channel(channels -> channels.executor(workers))
                    .handle(String.class, (body, headers) -> sent(yotpo, body), endpoint -> endpoint.advice(retry))
                    .nullChannel();
        }

        private static String sent(YotpoCall yotpo, String body) {
            yotpo.send(body);
            return "sent";
        }
    }
}
