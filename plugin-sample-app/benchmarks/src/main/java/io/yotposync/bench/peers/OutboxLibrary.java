package io.yotposync.bench.peers;

import com.gruelbox.transactionoutbox.Dialect;
import com.gruelbox.transactionoutbox.Persistor;
import com.gruelbox.transactionoutbox.SpringInstantiator;
import com.gruelbox.transactionoutbox.SpringTransactionManager;
import com.gruelbox.transactionoutbox.SpringTransactionOutboxConfiguration;
import com.gruelbox.transactionoutbox.Submitter;
import com.gruelbox.transactionoutbox.TransactionOutbox;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.broadleafcommerce.profile.core.domain.Customer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;

/**
 * The call as a row of the host's transaction, made by one of eight threads after the commit, and by a flush every second
 * if that failed.
 */
final class OutboxLibrary implements Peer {

    private static final ThreadFactory DAEMONS = work -> {
        Thread thread = new Thread(work, "transaction-outbox");
        thread.setDaemon(true);
        return thread;
    };

    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    private final ScheduledExecutorService flusher = Executors.newSingleThreadScheduledExecutor(DAEMONS);
    private final TransactionOutbox outbox;

    OutboxLibrary(URI url, DataSource pool, PlatformTransactionManager manager) {
        context.registerBean(YotpoCall.class, () -> new YotpoCall(url));
        context.registerBean("dataSource", DataSource.class, () -> pool, bean -> bean.setDestroyMethodName(""));
        context.registerBean(PlatformTransactionManager.class, () -> manager);
        context.register(Config.class);
        context.refresh();
        outbox = context.getBean(TransactionOutbox.class);
        var unused = flusher.scheduleWithFixedDelay(this::flush, 1, 1, TimeUnit.SECONDS);
    }

    private void flush() {
        try {
            boolean more = true;
            while (more) {
                more = outbox.flush();
            }
        } catch (RuntimeException next) {
            // The next flush finds what this one left.
            return;
        }
    }

    @Override
    public void saved(Customer customer) {
        outbox.schedule(Sender.class).send(YotpoCall.body(customer));
    }

    @Override
    public void close() {
        flusher.shutdownNow();
        context.close();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableTransactionManagement(proxyTargetClass = true)
    @Import(SpringTransactionOutboxConfiguration.class)
    static class Config {

        @Bean(destroyMethod = "shutdownNow")
        ExecutorService workers() {
            return Executors.newFixedThreadPool(8, DAEMONS);
        }

        @Bean
        Sender sender(YotpoCall yotpo) {
            return new Sender(yotpo);
        }

        @Bean
        TransactionOutbox transactionOutbox(
                SpringTransactionManager transactions, SpringInstantiator beans, ExecutorService workers) {
            return TransactionOutbox.builder()
                    .transactionManager(transactions)
                    .instantiator(beans)
                    .persistor(Persistor.forDialect(Dialect.POSTGRESQL_9))
                    .submitter(Submitter.withExecutor(workers))
                    .attemptFrequency(Duration.ofSeconds(2))
                    .blockAfterAttempts(1000)
                    .build();
        }
    }

    /** What the row calls. */
    public static class Sender {

        private final YotpoCall yotpo;

        Sender(YotpoCall yotpo) {
            this.yotpo = yotpo;
        }

        public void send(String body) {
            yotpo.send(body);
        }
    }
}
