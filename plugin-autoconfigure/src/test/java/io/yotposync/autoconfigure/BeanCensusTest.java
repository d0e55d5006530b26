package io.yotposync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.yotposync.source.CustomerSource;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.CacheManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.core.type.classreading.MetadataReaderFactory;
import org.springframework.core.type.classreading.SimpleMetadataReaderFactory;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.transaction.TransactionManager;

class BeanCensusTest {

    /** The runner names configurations by their class; a host's context names ours yotpo…, see the sample. */
    private static final String CONFIGURATIONS = "io.yotposync.autoconfigure.";

    /** Of which Boot asks every bean there is, so that ours replaces none. */
    private static final String ONE_OF_MANY = LazyInitializationExcludeFilter.class.getName();

    @Test
    void everyBeanThatThePluginAddsIsNamedAfterIt() {
        List<String> without = beansOf(new ApplicationContextRunner());

        assertThat(beansOf(Hosts.withOneStore()))
                .filteredOn(bean -> !without.contains(bean))
                .filteredOn(bean -> !bean.startsWith(CONFIGURATIONS))
                .isNotEmpty()
                .allMatch(bean -> bean.startsWith("yotpo"), "starts with yotpo");
    }

    @Test
    void soIsEveryBeanOfAHostThatHasMuchBesides() {
        List<String> without = beansOf(withMuchBesides(new ApplicationContextRunner()));

        assertThat(beansOf(withMuchBesides(Hosts.withOneStore())))
                .filteredOn(bean -> !without.contains(bean))
                .filteredOn(bean -> !bean.startsWith(CONFIGURATIONS))
                .contains("yotpoSyncMeters", "yotpoSyncScanner", "yotpoSyncConsoleEndpoint")
                .allMatch(bean -> bean.startsWith("yotpo"), "starts with yotpo");
    }

    /** Read from the class files: no host has all that they are for. */
    @Test
    void whateverAHostHasAConfigurationAndItsBeansAreNamedAfterThePluginAndGiveWay() throws IOException {
        List<AnnotationMetadata> all = configurations();

        assertThat(all)
                .hasSizeGreaterThan(10)
                .allSatisfy(
                        each -> assertThat(nameOf(each)).as(each.getClassName()).startsWith("yotpo"));
        assertThat(all)
                .flatExtracting(each -> each.getAnnotatedMethods(Bean.class.getName()))
                .hasSizeGreaterThan(50)
                .allSatisfy(bean -> assertThat(bean.getMethodName()).startsWith("yotpo"))
                .filteredOn(bean -> !bean.getReturnTypeName().equals(ONE_OF_MANY))
                .filteredOn(bean -> !bean.getMethodName().equals("yotpoSyncOffReport"))
                .allSatisfy(bean -> assertThat(bean.isAnnotated(ConditionalOnMissingBean.class.getName()))
                        .as(bean.getMethodName())
                        .isTrue());
    }

    private static List<AnnotationMetadata> configurations() throws IOException {
        MetadataReaderFactory classes = new SimpleMetadataReaderFactory();
        List<AnnotationMetadata> found = new ArrayList<>();
        Deque<String> names = new ArrayDeque<>();
        for (Class<?> registered : RegisteredAutoConfigurations.classes()) {
            names.add(registered.getName());
        }
        while (!names.isEmpty()) {
            AnnotationMetadata type = classes.getMetadataReader(names.remove()).getAnnotationMetadata();
            names.addAll(List.of(type.getMemberClassNames()));
            if (type.isAnnotated(Configuration.class.getName())) {
                found.add(type);
            }
        }
        return found;
    }

    private static String nameOf(AnnotationMetadata configuration) {
        return configuration.getAnnotations().get(Configuration.class).getString("value");
    }

    private static ApplicationContextRunner withMuchBesides(ApplicationContextRunner host) {
        return host.withPropertyValues("yotpo.sync.console.enabled=true", "management.endpoints.web.exposure.include=*")
                .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .withBean(ObservationRegistry.class, ObservationRegistry::create)
                .withBean(CustomerSource.class, () -> mock(CustomerSource.class));
    }

    @Test
    void aHostThatSwitchesThePluginOffGetsNothingButTheReport() {
        List<String> without = beansOf(new ApplicationContextRunner());

        assertThat(beansOf(Hosts.withOneStore().withPropertyValues("yotpo.sync.enabled=false")))
                .filteredOn(bean -> !without.contains(bean))
                // The older line's runner takes our names, the newer one's the classes'.
                .extracting(bean -> bean.replace(CONFIGURATIONS + "Y", "y"))
                .containsExactlyInAnyOrder(
                        "yotpoSyncOffAutoConfiguration",
                        "yotpoSyncOffReport",
                        "yotpoSyncLazyInitializationExcludeFilter");
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                Executor.class,
                ObjectMapper.class,
                HttpClient.class,
                Clock.class,
                TaskScheduler.class,
                CacheManager.class,
                DataSource.class,
                TransactionManager.class
            })
    void noBeanIsOfATypeThatAHostCountsOnOrThatSwitchesOffAnAutoConfiguration(Class<?> type) {
        withMuchBesides(Hosts.withOneStore())
                .run(context -> assertThat(context.getBeanNamesForType(type)).isEmpty());
    }

    private static List<String> beansOf(ApplicationContextRunner host) {
        List<String> names = new ArrayList<>();
        host.run(context -> names.addAll(List.of(context.getBeanDefinitionNames())));
        return names;
    }
}
