package io.yotposync.autoconfigure;

import io.yotposync.autoconfigure.properties.ConditionalOnSetting;
import io.yotposync.autoconfigure.properties.ScanProperties;
import io.yotposync.broadleaf.BroadleafCustomerSource;
import io.yotposync.broadleaf.CustomerIds;
import io.yotposync.broadleaf.CustomerReader;
import io.yotposync.source.CustomerSource;
import io.yotposync.source.Rereads;
import io.yotposync.store.InvalidSettingException;
import javax.sql.DataSource;
import org.broadleafcommerce.profile.core.service.CustomerService;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;

/** Where a scan reads customers: Broadleaf's, or a bean of the host's own. */
@AutoConfiguration(
        value = "yotpoSourceAutoConfiguration",
        after = YotpoSyncAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
            "org.springframework.boot.autoconfigure.jdbc.DataSourceTransactionManagerAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration",
            "org.springframework.boot.autoconfigure.transaction.jta.JtaAutoConfiguration",
            "org.springframework.boot.transaction.jta.autoconfigure.JtaAutoConfiguration",
            "org.springframework.boot.autoconfigure.orm.jpa.HibernateJpaAutoConfiguration",
            "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration"
        })
@ConditionalOnSetting("enabled")
public class YotpoSourceAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    BoundScans yotpoSyncScanProperties(Environment environment) {
        return new BoundScans(ScanProperties.bind(environment));
    }

    @Bean
    @ConditionalOnMissingBean
    Rereads yotpoSyncRereads() {
        return new Rereads();
    }

    /** Names of beans and interfaces only: an entity named here would be loaded before Broadleaf's weaving. */
    @Configuration(value = "yotpoBroadleafSourceConfiguration", proxyBeanMethods = false)
    @ConditionalOnClass(
            name = "org.broadleafcommerce.profile.core.service.CustomerService",
            value = {JdbcTemplate.class, PlatformTransactionManager.class})
    @ConditionalOnBean(name = "blCustomerService", value = PlatformTransactionManager.class)
    @Conditional({OnDataSource.class, OneOfEach.class})
    static class BroadleafConfiguration {

        @Bean
        @ConditionalOnMissingBean
        CustomerSource yotpoSyncCustomerSource(ListableBeanFactory beans, CustomerReader reader, BoundScans bound) {
            ScanProperties.Source source = bound.properties().source();
            DataSource dataSource = find(SourceBean.DATA_SOURCE, beans, source.dataSource());
            PlatformTransactionManager transactions =
                    find(SourceBean.TRANSACTION_MANAGER, beans, source.transactionManager());
            return new BroadleafCustomerSource(
                    new CustomerIds(dataSource, source.schema()),
                    beans.getBean("blCustomerService", CustomerService.class),
                    reader,
                    transactions);
        }

        private static <T> T find(SourceBean<T> bean, ListableBeanFactory beans, @Nullable String name) {
            return bean.find(beans, name)
                    .orElseThrow(() -> new InvalidSettingException(
                            bean.setting(),
                            "is not set, and there is not exactly one such bean",
                            "Name the bean that reads BLC_CUSTOMER."));
        }
    }
}
