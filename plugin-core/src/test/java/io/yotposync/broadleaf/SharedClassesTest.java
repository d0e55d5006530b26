package io.yotposync.broadleaf;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.broadleafcommerce.profile.core.domain.Customer;
import org.junit.jupiter.api.Test;

/** A server keeps classes that several applications share, and Java's own, when it takes one of them down. */
class SharedClassesTest {

    @Test
    void whatIsRememberedOfThemKeepsNoApplicationInMemory() throws Exception {
        WeakReference<ClassLoader> gone = new WeakReference<>(readInAnApplicationOfItsOwn());

        await().atMost(Duration.ofMinutes(1)).until(() -> {
            System.gc();
            return gone.get() == null;
        });
    }

    private static ClassLoader readInAnApplicationOfItsOwn() throws Exception {
        ClassLoader application = new Application();
        Class<?> type = application.loadClass(CustomerReader.class.getName());
        Constructor<?> made = type.getDeclaredConstructor(Collection.class);
        made.setAccessible(true);
        Object reader = made.newInstance(List.of("customerLocale.friendlyName", "roles.empty"));
        for (String name : List.of("read", "readLoaded")) {
            Method read = type.getDeclaredMethod(name, Customer.class);
            read.setAccessible(true);
            read.invoke(reader, Entities.customer());
        }
        return application;
    }

    /** Has the plugin for itself, and all else from the server. */
    private static final class Application extends ClassLoader {

        Application() {
            super(SharedClassesTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> known = findLoadedClass(name);
                if (known != null || !name.startsWith("io.yotposync.")) {
                    return known == null ? super.loadClass(name, resolve) : known;
                }
                try (InputStream file = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                    byte[] code = file.readAllBytes();
                    return defineClass(name, code, 0, code.length);
                } catch (IOException unread) {
                    throw new ClassNotFoundException(name, unread);
                }
            }
        }
    }
}
