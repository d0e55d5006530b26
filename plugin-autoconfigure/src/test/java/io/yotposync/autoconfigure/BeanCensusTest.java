package io.yotposync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

class BeanCensusTest {

    /** The runner names configurations by their class; a host's context names ours yotpo…, see the sample. */
    private static final String CONFIGURATIONS = "io.yotposync.autoconfigure.";

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
    @ValueSource(classes = {Executor.class, ObjectMapper.class, HttpClient.class, Clock.class})
    void noBeanIsOfATypeThatAHostCountsOn(Class<?> type) {
        Hosts.withOneStore()
                .run(context -> assertThat(context.getBeanNamesForType(type)).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.springframework.scheduling.TaskScheduler",
                "org.springframework.cache.CacheManager",
                "org.springframework.transaction.TransactionManager"
            })
    void norOfOneThatSwitchesOffAnAutoConfiguration(String type) {
        Hosts.withOneStore().run(context -> assertThat(typesOf(context)).noneMatch(bean -> isA(bean, type)));
    }

    private static List<Class<?>> typesOf(ApplicationContext context) {
        return Arrays.stream(context.getBeanDefinitionNames())
                .<Class<?>>map(context::getType)
                .toList();
    }

    private static boolean isA(Class<?> bean, String type) {
        for (Class<?> at = bean; at != null; at = at.getSuperclass()) {
            if (at.getName().equals(type)
                    || Arrays.stream(at.getInterfaces())
                            .anyMatch(face -> face.getName().equals(type))) {
                return true;
            }
        }
        return false;
    }

    private static List<String> beansOf(ApplicationContextRunner host) {
        List<String> names = new ArrayList<>();
        host.run(context -> names.addAll(List.of(context.getBeanDefinitionNames())));
        return names;
    }
}
