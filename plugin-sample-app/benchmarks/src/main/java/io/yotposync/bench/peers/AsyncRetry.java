package io.yotposync.bench.peers;

import java.net.URI;
import java.util.concurrent.Executor;
import org.broadleafcommerce.profile.core.domain.Customer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.retry.annotation.Backoff;
import org.springframework.retry.annotation.EnableRetry;
import org.springframework.retry.annotation.Retryable;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/** A pool as Spring Boot makes it (eight threads, a queue without end), three tries a second apart, all in memory. */
final class AsyncRetry implements Peer {

    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    private final Sender sender;

    AsyncRetry(URI url) {
        context.registerBean(YotpoCall.class, () -> new YotpoCall(url));
        context.register(Config.class);
        context.refresh();
        sender = context.getBean(Sender.class);
    }

    @Override
    public void saved(Customer customer) {
        sender.send(YotpoCall.body(customer));
    }

    @Override
    public void close() {
        context.close();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAsync
    @EnableRetry
    static class Config {

        @Bean
        Executor taskExecutor() {
            ThreadPoolTaskExecutor pool = new ThreadPoolTaskExecutor();
            pool.setCorePoolSize(8);
            pool.setDaemon(true);
            return pool;
        }

        @Bean
        Sender sender(YotpoCall yotpo) {
            return new Sender(yotpo);
        }
    }

    /** Proxied by both. */
    static class Sender {

        private final YotpoCall yotpo;

        Sender(YotpoCall yotpo) {
            this.yotpo = yotpo;
        }

        @Async
        @Retryable(maxAttempts = 3, backoff = @Backoff(delay = 1000))
        public void send(String body) {
            yotpo.send(body);
        }
    }
}
