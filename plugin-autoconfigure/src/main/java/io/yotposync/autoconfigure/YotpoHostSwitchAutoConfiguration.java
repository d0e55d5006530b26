package io.yotposync.autoconfigure;

import io.yotposync.autoconfigure.properties.ConditionalOnSetting;
import io.yotposync.autoconfigure.properties.ScanProperties;
import io.yotposync.autoconfigure.properties.SyncSettings;
import io.yotposync.broadleaf.SystemProperties;
import io.yotposync.store.HostSwitch;
import io.yotposync.store.StoreStates;
import io.yotposync.store.Stores;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;

/** Switching stores in Broadleaf's administration, where the host is Broadleaf. Names of beans and classes only. */
@AutoConfiguration(
        value = "yotpoHostSwitchAutoConfiguration",
        after = YotpoSourceAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration"
        })
@ConditionalOnSetting("enabled")
@ConditionalOnClass({JdbcTemplate.class, PlatformTransactionManager.class})
@ConditionalOnBean(name = "blSystemPropertiesService")
@Conditional(OnDataSource.class)
public class YotpoHostSwitchAutoConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger("io.yotposync");

    @Bean
    @ConditionalOnSetting("system-properties.enabled")
    @Conditional(OneOfEach.OfDataSources.class)
    @ConditionalOnMissingBean(HostSwitch.class)
    @Nullable
    SystemPropertySwitch yotpoSyncSystemPropertySwitch(
            ListableBeanFactory beans,
            Environment environment,
            SyncSettings settings,
            Stores stores,
            ObjectProvider<StoreStates> states,
            SyncRuntime runtime) {
        ScanProperties.Source source = ScanProperties.bind(environment).source();
        DataSource dataSource =
                SourceBean.DATA_SOURCE.find(beans, source.dataSource()).orElse(null);
        if (dataSource == null) {
            // What JNDI looks up is a DataSource, or another one, only now that it was looked up.
            LOG.warn(
                    "Yotpo sync: which DataSource has Broadleaf's tables is not clear, so its administration switches no"
                            + " store. Name it in yotpo.sync.source.data-source.");
            return null;
        }
        return new SystemPropertySwitch(
                new SystemProperties(dataSource, source.schema()),
                stores,
                states::getObject,
                runtime,
                settings.properties().systemProperties().interval());
    }
}
