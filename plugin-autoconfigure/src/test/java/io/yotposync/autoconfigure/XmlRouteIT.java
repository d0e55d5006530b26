package io.yotposync.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.yotposync.CustomerSync;
import io.yotposync.broadleaf.CustomerPersistedListener;
import io.yotposync.customer.CustomerSaved;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.outbox.Outbox;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.ImportResource;
import org.springframework.context.support.ClassPathXmlApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** Broadleaf's classic modules: the files that it finds by their names, beside Boot's auto-configuration or without. */
class XmlRouteIT {

    private static final String SITE = "blc-config/site/bl-yotpo-sync-applicationContext.xml";
    private static final String ADMIN = "blc-config/admin/bl-yotpo-sync-applicationContext.xml";
    private static final Map<String, Object> ONE_STORE = Map.of(
            "yotpo.sync.stores.default.app-key", "app-1",
            "yotpo.sync.stores.default.secret", "secret-1",
            "yotpo.sync.defaults.base-url", "http://localhost:1");

    @ParameterizedTest
    @ValueSource(strings = {SITE, ADMIN})
    void withoutBootEverythingIsThere(String file) {
        try (ClassPathXmlApplicationContext context = xml(file)) {
            assertThat(context.getBeansOfType(CustomerPersistedListener.class)).hasSize(1);
            context.publishEvent(new CustomerSaved(
                    CustomerSnapshot.of("1").email("a@example.com").build()));

            Outbox outbox = context.getBean(Outbox.class);
            assertThat(outbox.durable()).isTrue();
            await().atMost(Duration.ofSeconds(20))
                    .until(() ->
                            outbox.find(new CustomerKey(StoreKey.DEFAULT, "1")).isPresent());
        }
    }

    @Test
    void withoutBootItIsWhatBootWouldHaveMade() {
        try (ClassPathXmlApplicationContext xml = xml(SITE);
                ConfigurableApplicationContext boot = boot(BootAlone.class)) {
            List<String> ofBoot = ours(boot);
            ofBoot.add("yotpoSyncXmlConfiguration");

            assertThat(ours(xml)).containsExactlyInAnyOrderElementsOf(ofBoot);
        }
    }

    @Test
    void aContextThatIsStoppedAndRefreshedKeepsNothingOfTheOneBefore() {
        try (ClassPathXmlApplicationContext context = xml(SITE)) {
            int listeners = context.getApplicationListeners().size();

            context.stop();
            context.refresh();

            assertThat(context.getApplicationListeners()).hasSize(listeners);
        }
    }

    @Test
    void besideBootNothingIsThereTwice() {
        try (ConfigurableApplicationContext both = boot(BootAndXml.class);
                ConfigurableApplicationContext boot = boot(BootAlone.class)) {
            List<String> expected = ours(boot);
            expected.add("yotpoSyncXmlConfiguration");

            assertThat(ours(both)).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(both.getBeansOfType(CustomerSync.class)).hasSize(1);
            assertThat(both.getBeansOfType(CustomerPersistedListener.class)).hasSize(1);
        }
    }

    @Test
    void oneContextThatTakesBothFilesHasThePluginOnce() {
        try (ClassPathXmlApplicationContext context = xml(SITE, ADMIN)) {
            assertThat(context.getBeansOfType(CustomerSync.class)).hasSize(1);
        }
    }

    @Test
    void theFileThatIsReadNamesEachConfigurationAfterThoseItBuildsOn() {
        List<Class<?>> order = List.of(RegisteredAutoConfigurations.classes());

        for (Class<?> each : order) {
            for (Class<?> earlier : each.getAnnotation(AutoConfiguration.class).after()) {
                assertThat(order.indexOf(earlier))
                        .as("%s is after %s", each.getSimpleName(), earlier.getSimpleName())
                        .isBetween(0, order.indexOf(each) - 1);
            }
        }
    }

    private static ClassPathXmlApplicationContext xml(String... files) {
        String[] withShop = Arrays.copyOf(files, files.length + 1);
        withShop[files.length] = "shop-applicationContext.xml";
        ClassPathXmlApplicationContext context = new ClassPathXmlApplicationContext(withShop, false);
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("shop", ONE_STORE));
        context.refresh();
        return context;
    }

    private static ConfigurableApplicationContext boot(Class<?> host) {
        return new SpringApplicationBuilder(host)
                .web(WebApplicationType.NONE)
                .properties(ONE_STORE)
                .run("--spring.main.banner-mode=off", "--spring.jmx.enabled=false");
    }

    private static List<String> ours(ApplicationContext context) {
        return new ArrayList<>(Arrays.stream(context.getBeanDefinitionNames())
                .filter(name -> name.startsWith("yotpo") || name.startsWith("io.yotposync"))
                .toList());
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class BootAlone {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @ImportResource("classpath*:/" + SITE)
    static class BootAndXml {}
}
