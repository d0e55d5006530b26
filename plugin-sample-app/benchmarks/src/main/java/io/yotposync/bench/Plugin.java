package io.yotposync.bench;

import io.yotposync.CustomerSync;
import io.yotposync.autoconfigure.YotpoDispatchAutoConfiguration;
import io.yotposync.autoconfigure.YotpoOutboxAutoConfiguration;
import io.yotposync.autoconfigure.YotpoScanAutoConfiguration;
import io.yotposync.autoconfigure.YotpoSourceAutoConfiguration;
import io.yotposync.autoconfigure.YotpoSyncAutoConfiguration;
import io.yotposync.autoconfigure.capture.YotpoAtomicCaptureAutoConfiguration;
import io.yotposync.autoconfigure.capture.YotpoEventsAutoConfiguration;
import io.yotposync.autoconfigure.operator.YotpoOperatorAutoConfiguration;
import io.yotposync.broadleaf.CustomerPersistedListener;
import io.yotposync.broadleaf.CustomerReader;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.outbox.Outbox;
import io.yotposync.source.CustomerSource;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;

/** The plugin in a host, put together by its own auto-configuration. */
public final class Plugin implements AutoCloseable {

    private final ConfigurableApplicationContext host;

    private Plugin(ConfigurableApplicationContext host) {
        this.host = host;
    }

    /** Nothing but the plugin. */
    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        YotpoSyncAutoConfiguration.class,
        YotpoOutboxAutoConfiguration.class,
        YotpoSourceAutoConfiguration.class,
        YotpoScanAutoConfiguration.class,
        YotpoDispatchAutoConfiguration.class,
        YotpoAtomicCaptureAutoConfiguration.class,
        YotpoEventsAutoConfiguration.class,
        YotpoOperatorAutoConfiguration.class
    })
    static class Host {}

    /** A host whose customers can be read; there is none to be listed, and each that is asked for is there. */
    @Configuration(proxyBeanMethods = false)
    static class Scanned {

        @Bean
        CustomerSource customers() {
            return new CustomerSource() {
                @Override
                public List<String> idsAfter(@Nullable String after, int max) {
                    return List.of();
                }

                @Override
                public List<String> idsChangedSince(Instant since, @Nullable String after, int max) {
                    return List.of();
                }

                @Override
                public Optional<CustomerSnapshot> find(String id) {
                    return Optional.of(CustomerSnapshot.of(id).build());
                }
            };
        }
    }

    /** How a host is set up. */
    public static final class Setup {

        private final Map<String, Object> properties = new LinkedHashMap<>();
        private Class<?>[] sources = {Host.class};
        private @Nullable DataSource database;

        private Setup(URI yotpo) {
            properties.put("spring.main.banner-mode", "off");
            properties.put("spring.main.log-startup-info", "false");
            properties.put("logging.level.root", "off");
            properties.put("yotpo.sync.defaults.base-url", yotpo.toString());
            properties.put("yotpo.sync.outbox.type", "memory");
            properties.put("yotpo.sync.shutdown.drain-timeout", "100ms");
        }

        /** Stores {@code store-0} and so on, which take the customers of sites of their own; one takes all. */
        public Setup stores(int count) {
            for (int i = 0; i < count; i++) {
                String store = "yotpo.sync.stores." + (count == 1 ? "default" : "store-" + i);
                properties.put(store + ".app-key", "store-" + i);
                properties.put(store + ".secret", "secret-" + i);
            }
            return this;
        }

        public Setup with(String property, Object value) {
            properties.put("yotpo.sync." + property, value);
            return this;
        }

        /** Keeps the ledger there. */
        public Setup on(DataSource pool) {
            database = pool;
            return with("outbox.type", "jdbc").with("outbox.jdbc.initialize-schema", "never");
        }

        /** Has scans too, as on Broadleaf. */
        public Setup scanned() {
            sources = new Class<?>[] {Host.class, Scanned.class};
            return this;
        }

        public Plugin start() {
            SpringApplicationBuilder host = new SpringApplicationBuilder(sources)
                    .web(WebApplicationType.NONE)
                    .registerShutdownHook(false)
                    .properties(properties);
            DataSource pool = database;
            if (pool != null) {
                ApplicationContextInitializer<GenericApplicationContext> bean = context -> context.registerBean(
                        "dataSource", DataSource.class, () -> pool, definition -> definition.setDestroyMethodName(""));
                host.initializers(bean);
            }
            return new Plugin(host.run());
        }
    }

    /** One that sends to this Yotpo, without a limit to its rate. */
    public static Setup to(URI yotpo) {
        return new Setup(yotpo).with("defaults.rate-limit", "0");
    }

    public <T> T bean(Class<T> type) {
        return host.getBean(type);
    }

    public CustomerPersistedListener listener() {
        return bean(CustomerPersistedListener.class);
    }

    public CustomerSync sync() {
        return bean(CustomerSync.class);
    }

    public CustomerReader reader() {
        return bean(CustomerReader.class);
    }

    public Outbox outbox() {
        return bean(Outbox.class);
    }

    @Override
    public void close() {
        host.close();
    }
}
