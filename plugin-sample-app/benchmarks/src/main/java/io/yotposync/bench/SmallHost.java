package io.yotposync.bench;

import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** A host whose start is timed; whether the plugin is there is a matter of its class path. */
final class SmallHost {

    static final String READY = "ready after ms: ";

    private SmallHost() {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(
            excludeName = "org.springframework.boot.autoconfigure.integration.IntegrationAutoConfiguration")
    static class Host {}

    /** @param args the database's URL */
    public static void main(String[] args) throws SQLException {
        ConfigurableApplicationContext context = new SpringApplicationBuilder(Host.class)
                .web(WebApplicationType.NONE)
                .properties(Map.of(
                        "spring.main.banner-mode", "off",
                        "logging.level.root", "off",
                        "spring.datasource.url", args[0],
                        "spring.datasource.username", "postgres",
                        "yotpo.sync.stores.default.app-key", "app",
                        "yotpo.sync.stores.default.secret", "secret",
                        "yotpo.sync.defaults.base-url", "http://127.0.0.1:1"))
                .run();
        // As every host with a database does before it is of use: the pool and the driver are not the plugin's to pay.
        context.getBean(DataSource.class).getConnection().close();
        long took = System.currentTimeMillis()
                - ManagementFactory.getRuntimeMXBean().getStartTime();
        System.out.println(READY + took);
        Runtime.getRuntime().halt(0);
    }
}
