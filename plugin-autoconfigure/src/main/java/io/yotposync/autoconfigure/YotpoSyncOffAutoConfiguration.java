package io.yotposync.autoconfigure;

import io.yotposync.autoconfigure.properties.ConditionalOnSetting;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** Says that the plugin is there but switched off. */
@AutoConfiguration("yotpoSyncOffAutoConfiguration")
@ConditionalOnSetting(value = "enabled", is = "false")
public class YotpoSyncOffAutoConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger("io.yotposync");

    @Bean
    OffReport yotpoSyncOffReport() {
        LOG.info(StartReport.OFF);
        return new OffReport();
    }

    @Bean
    static LazyInitializationExcludeFilter yotpoSyncLazyInitializationExcludeFilter() {
        return LazyInitializationExcludeFilter.forBeanTypes(OffReport.class);
    }

    /** Nothing but the line in the log. */
    record OffReport() {}
}
