package io.yotposync.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.util.ReflectionUtils;

/** As on a server that ships JPA's interfaces in a class loader above the application's, and no Hibernate. */
@Isolated
class ServersJpaIT {

    @Test
    void hibernateIsFoundWhereTheHostHasIt() throws Exception {
        List<URL> servers = new ArrayList<>();
        List<URL> shops = new ArrayList<>();
        for (String path : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            (path.contains("persistence-api") ? servers : shops)
                    .add(Path.of(path).toUri().toURL());
        }
        // Once and for all tests, so not with the shop's.
        assertThat(DriverManager.drivers()).isNotEmpty();
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader server = loader(servers, ClassLoader.getPlatformClassLoader());
                URLClassLoader shop = loader(shops, server)) {
            thread.setContextClassLoader(shop);
            assertThat(shop.loadClass("javax.persistence.EntityManager").getClassLoader())
                    .isSameAs(server);

            // Registers itself; those of other class loaders are not for the shop.
            Class.forName("org.h2.Driver", true, shop);
            run(shop.loadClass(LastFlushIT.class.getName()), "workIsDoneWhenTheSessionHasWrittenAllItHasTo", "close");
            run(
                    shop.loadClass(HibernateCaptureIT.class.getName()),
                    "listen",
                    "aSavedCustomerIsCommittedWithItsRow",
                    "close");
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static URLClassLoader loader(List<URL> urls, ClassLoader parent) {
        return new URLClassLoader(urls.toArray(URL[]::new), parent);
    }

    /** A test of there, by its methods in turn. */
    private static void run(Class<?> there, String... methods) throws ReflectiveOperationException {
        Constructor<?> made = there.getDeclaredConstructor();
        made.setAccessible(true);
        Object test = made.newInstance();
        for (String name : methods) {
            Method method = Objects.requireNonNull(ReflectionUtils.findMethod(there, name), name);
            ReflectionUtils.makeAccessible(method);
            method.invoke(test);
        }
    }
}
