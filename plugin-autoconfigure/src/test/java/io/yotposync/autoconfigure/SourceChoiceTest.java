package io.yotposync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.mockito.Mockito.mock;

import io.yotposync.outbox.Outbox;
import io.yotposync.source.CustomerSource;
import io.yotposync.store.HostSwitch;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.PropertyAccessorFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.transaction.PlatformTransactionManager;

/** A host with several of everything starts all the same; without a word from it, nothing is scanned. */
class SourceChoiceTest {

    @Test
    void severalDataSourcesAreNoReasonNotToStart() {
        several().run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(CustomerSource.class));
    }

    @Test
    void oneThatIsLookedUpIsReadByItsName() {
        Hosts.withOneStore()
                .withPropertyValues("yotpo.sync.outbox.type=memory")
                .withInitializer(OutboxChoiceIT.lookedUp("webDS"))
                .withBean("blSystemPropertiesService", Object.class, Object::new)
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(HostSwitch.class));
    }

    /** Only its name is as Broadleaf's. */
    @Test
    void aBeanThatIsNoDataSourceIsNoReasonNotToStart() {
        several()
                .withBean("webDS", Object.class, Object::new)
                .withBean("blSystemPropertiesService", Object.class, Object::new)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(HostSwitch.class));
    }

    @Test
    void whatTurnsOutToBeAnotherDataSourceIsNoReasonNotToStart() {
        Hosts.withOneStore()
                .withPropertyValues("yotpo.sync.outbox.type=memory")
                .withBean("first", DataSource.class, JdbcDataSource::new)
                .withInitializer(OutboxChoiceIT.lookedUp("second"))
                .withBean("blSystemPropertiesService", Object.class, Object::new)
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBeanProvider(HostSwitch.class).getIfAvailable())
                            .isNull();
                });
    }

    /** As of one in Spring Cloud's refresh scope. */
    @Test
    void oneThatIsBehindAScopedProxyIsNoneOfSeveral() {
        Hosts.withOneStore()
                .withPropertyValues("yotpo.sync.outbox.type=memory")
                .withBean("first", DataSource.class, JdbcDataSource::new)
                .withBean(
                        "scopedTarget.first",
                        DataSource.class,
                        JdbcDataSource::new,
                        target -> target.setAutowireCandidate(false))
                .withBean("blSystemPropertiesService", Object.class, Object::new)
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(HostSwitch.class));
    }

    /** Spring 6.2 has marks for it; the outbox is in the same one. */
    @ParameterizedTest
    @CsvSource({"fallback, true", "defaultCandidate, false"})
    void oneThatIsOnlyForThoseWhoWantNoOtherIsNoneOfSeveral(String mark, boolean value) {
        assumeTrue(PropertyAccessorFactory.forBeanPropertyAccess(new RootBeanDefinition())
                .isWritableProperty(mark));
        DataSource first = OutboxChoiceIT.memory();
        Hosts.withOneStore()
                .withBean("first", DataSource.class, () -> first)
                .withBean(
                        "second",
                        DataSource.class,
                        JdbcDataSource::new,
                        definition -> PropertyAccessorFactory.forBeanPropertyAccess(definition)
                                .setPropertyValue(mark, value))
                .withBean("blSystemPropertiesService", Object.class, Object::new)
                .run(context -> {
                    assertThat(context).hasNotFailed().hasSingleBean(HostSwitch.class);
                    assertThat(context.getBean(Outbox.class).durable()).isTrue();
                });
    }

    /** Boot makes it later than its database, and without JPA nothing else makes one. */
    @Test
    void theTransactionManagerOfAHostWithoutJpaIsWaitedFor() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        YotpoSourceAutoConfiguration.class,
                        DataSourceAutoConfiguration.class,
                        DataSourceTransactionManagerAutoConfiguration.class))
                .withInitializer(context ->
                        context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
                .withBean("blCustomerService", Object.class, Object::new)
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(CustomerSource.class));
    }

    private static ApplicationContextRunner several() {
        return Hosts.withOneStore()
                .withPropertyValues("yotpo.sync.outbox.type=memory")
                .withBean("first", DataSource.class, JdbcDataSource::new)
                .withBean("second", DataSource.class, JdbcDataSource::new)
                .withBean("manager", PlatformTransactionManager.class, () -> mock(PlatformTransactionManager.class))
                .withBean("blCustomerService", Object.class, Object::new);
    }
}
