package io.yotposync.bench.peers;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.broadleafcommerce.profile.core.domain.Customer;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

/** A task for each save, scheduled in the host's transaction, run by one of ten threads, and again a little later if it failed. */
final class SchedulerLibrary implements Peer {

    private final AtomicLong number = new AtomicLong();
    private final OneTimeTask<String> task;
    private final Scheduler scheduler;

    SchedulerLibrary(URI url, DataSource pool) {
        YotpoCall yotpo = new YotpoCall(url);
        task = Tasks.oneTime("yotpo", String.class)
                .onFailure(new FailureHandler.OnFailureRetryLater<>(Duration.ofSeconds(2)))
                .execute((instance, context) -> yotpo.send(instance.getData()));
        scheduler = Scheduler.create(new TransactionAwareDataSourceProxy(pool), task)
                .threads(10)
                .pollingInterval(Duration.ofSeconds(1))
                .pollUsingLockAndFetch(0.5, 4.0)
                .enableImmediateExecution()
                .shutdownMaxWait(Duration.ofSeconds(1))
                .build();
        scheduler.start();
    }

    @Override
    public void saved(Customer customer) {
        String id = customer.getId() + "-" + number.incrementAndGet();
        scheduler.schedule(task.instance(id, YotpoCall.body(customer)), Instant.now());
    }

    @Override
    public void close() {
        scheduler.stop();
    }
}
