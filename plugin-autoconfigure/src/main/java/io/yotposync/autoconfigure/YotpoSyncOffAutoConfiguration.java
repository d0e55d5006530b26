package io.yotposync.autoconfigure;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/** Says that the plugin is there but switched off. */
@AutoConfiguration("yotpoSyncOffAutoConfiguration")
@ConditionalOnProperty(prefix = "yotpo.sync", name = "enabled", havingValue = "false")
public class YotpoSyncOffAutoConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger("io.yotposync");

    @Bean
    OffReport yotpoOffReport() {
        LOG.info("Yotpo sync is inactive: yotpo.sync.enabled is false");
        return new OffReport();
    }

    @Bean
    static LazyInitializationExcludeFilter yotpoLazyInitializationExcludeFilter() {
        return LazyInitializationExcludeFilter.forBeanTypes(OffReport.class);
    }

    /** Nothing but the line in the log. */
    record OffReport() {}
}
