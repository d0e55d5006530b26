package io.yotposync.autoconfigure;

import io.yotposync.dispatch.Dispatcher;
import io.yotposync.outbox.HandOver;
import io.yotposync.outbox.Outbox;
import io.yotposync.store.StoreStates;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/** The outbox in memory, where no other is there. */
@AutoConfiguration(value = "yotpoOutboxAutoConfiguration", after = YotpoSyncAutoConfiguration.class)
@ConditionalOnProperty(prefix = "yotpo.sync", name = "enabled", matchIfMissing = true)
public class YotpoOutboxAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Outbox yotpoOutbox(SyncSettings settings) {
        return Outbox.inMemory(settings.outbox().maxRows());
    }

    @Bean
    @ConditionalOnMissingBean
    StoreStates yotpoStoreStates() {
        return StoreStates.inMemory();
    }

    @Bean
    @ConditionalOnMissingBean
    HandOver yotpoHandOver(Outbox outbox, Dispatcher dispatcher, SyncRuntime runtime) {
        return HandOver.direct(
                outbox, taken -> dispatcher.wake(taken.key().store(), taken.notBefore()), runtime.clock());
    }
}
