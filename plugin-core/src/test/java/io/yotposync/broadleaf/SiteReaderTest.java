package io.yotposync.broadleaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.mockito.Mockito.withSettings;

import io.yotposync.customer.CustomerSnapshot;
import java.lang.reflect.Field;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.broadleafcommerce.common.classloader.release.ThreadLocalManager;
import org.broadleafcommerce.common.extensibility.jpa.SiteDiscriminator;
import org.broadleafcommerce.common.site.domain.Site;
import org.broadleafcommerce.common.web.BroadleafRequestContext;
import org.broadleafcommerce.profile.core.domain.Customer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each test on a thread of its own, for Broadleaf keeps the request there. */
class SiteReaderTest {

    @Test
    void theRequestsSiteIsTheCustomers() throws Exception {
        assertThat(sites(mock(Customer.class), site(5L, "eu-shop"))).containsExactly("eu-shop");
    }

    @Test
    void aRequestWithoutSiteIsOfNoSite() throws Exception {
        Set<String> sites = onAThreadOfItsOwn(() -> {
            BroadleafRequestContext.setBroadleafRequestContext(new BroadleafRequestContext());
            return read(mock(Customer.class)).sites();
        });

        assertThat(sites).isEmpty();
    }

    @Test
    void aCustomerThatCannotBeReadIsOfTheRequestsSite() throws Exception {
        Customer customer = mock(Customer.class);
        when(customer.getId()).thenReturn(7L);

        CustomerSnapshot unread = onAThreadOfItsOwn(() -> {
            request(site(5L, "eu-shop"));
            return new CustomerReader(Set.of()).unread(customer);
        });

        assertThat(unread.sites()).containsExactlyInAnyOrder("5", "eu-shop");
        assertThat(unread.partial()).isTrue();
    }

    @Test
    void aRequestThatIsOverIsOfNoSite() throws Exception {
        Set<String> sites = onAThreadOfItsOwn(() -> {
            request(site(5L, "eu-shop"));
            BroadleafRequestContext.setBroadleafRequestContext(null);
            return read(mock(Customer.class)).sites();
        });

        assertThat(sites).isEmpty();
    }

    @Test
    void readingOnAThreadWithoutRequestMakesNone() throws Exception {
        Map<?, ?> known = onAThreadOfItsOwn(() -> {
            assertThat(read(mock(Customer.class)).sites()).isEmpty();
            return registered();
        });

        assertThat(known).isEmpty();
    }

    /** Whoever ends the request cleans the thread of what is registered, and of nothing else. */
    @Test
    void readingInARequestLeavesItRegistered() throws Exception {
        Map<?, ?> known = onAThreadOfItsOwn(() -> {
            request(site(5L, "eu-shop"));
            read(mock(Customer.class));
            return registered();
        });

        assertThat(known).hasSize(1);
    }

    @Test
    void askingBroadleafWouldHaveMadeOne() throws Exception {
        Map<?, ?> known = onAThreadOfItsOwn(() -> {
            BroadleafRequestContext.getBroadleafRequestContext();
            return registered();
        });

        assertThat(known).hasSize(1);
    }

    @Test
    void aTenantsCustomerSaysItsSiteItself() throws Exception {
        assertThat(sites(tenant(5L), null)).containsExactly("5");
        assertThat(sites(tenant(5L), site(6L, "other"))).containsExactly("5");
        assertThat(sites(tenant(5L), site(5L, "eu-shop"))).containsExactlyInAnyOrder("5", "eu-shop");
    }

    @Test
    void aTenantsCustomerOfNoSiteIsOfTheRequests() throws Exception {
        assertThat(sites(tenant(null), site(5L, "eu-shop"))).containsExactly("eu-shop");
    }

    @Test
    void aSiteThatIsOutOfReachMakesTheReadingPartial() throws Exception {
        Site site = mock(Site.class);
        doThrow(new Entities.LazyInitializationException()).when(site).getSiteIdentifierValue();
        doThrow(new Entities.LazyInitializationException()).when(site).getId();
        Customer lost = tenant(5L);
        when(((SiteDiscriminator) lost).getSiteDiscriminator()).thenThrow(new Entities.LazyInitializationException());

        for (Customer customer : new Customer[] {mock(Customer.class), tenant(5L), lost}) {
            boolean complete = onAThreadOfItsOwn(() -> {
                request(site);
                Reading reading = new Reading(true);
                new SiteReader().read(customer, CustomerSnapshot.of("7"), reading);
                return reading.isComplete();
            });
            assertThat(complete).isFalse();
        }
    }

    /** As on a host without the servlet API of Broadleaf's time, or without Broadleaf's web part. */
    @Test
    void whereTheRequestCannotBeLoadedThereIsNoSite() throws Exception {
        ClassLoader without = new Without(BroadleafRequestContext.class.getName());
        Class<?> reading = Class.forName("io.yotposync.broadleaf.Reading", true, without);
        Class<?> type = Class.forName("io.yotposync.broadleaf.SiteReader", true, without);
        var constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        var newReading = reading.getDeclaredConstructor(boolean.class);
        newReading.setAccessible(true);
        var read = type.getDeclaredMethod("read", Customer.class, CustomerSnapshot.Builder.class, reading);
        read.setAccessible(true);
        CustomerSnapshot.Builder snapshot = CustomerSnapshot.of("7");

        read.invoke(constructor.newInstance(), tenant(5L), snapshot, newReading.newInstance(true));

        assertThat(snapshot.build().sites()).containsExactly("5");
    }

    private static Set<String> sites(Customer customer, @Nullable Site requested) throws Exception {
        return onAThreadOfItsOwn(() -> {
            if (requested != null) {
                request(requested);
            }
            return read(customer).sites();
        });
    }

    private static CustomerSnapshot read(Customer customer) {
        CustomerSnapshot.Builder snapshot = CustomerSnapshot.of("7");
        new SiteReader().read(customer, snapshot, new Reading(true));
        return snapshot.build();
    }

    private static void request(Site site) {
        BroadleafRequestContext context = new BroadleafRequestContext();
        context.setNonPersistentSite(site);
        BroadleafRequestContext.setBroadleafRequestContext(context);
    }

    private static Site site(Long id, String identifier) {
        Site site = mock(Site.class);
        when(site.getId()).thenReturn(id);
        when(site.getSiteIdentifierValue()).thenReturn(identifier);
        return site;
    }

    private static Customer tenant(@Nullable Long site) {
        Customer customer = mock(Customer.class, withSettings().extraInterfaces(SiteDiscriminator.class));
        when(((SiteDiscriminator) customer).getSiteDiscriminator()).thenReturn(site);
        return customer;
    }

    /** What Broadleaf knows to be on this thread. */
    private static Map<?, ?> registered() throws ReflectiveOperationException {
        Field register = ThreadLocalManager.class.getDeclaredField("THREAD_LOCAL_MANAGER");
        register.setAccessible(true);
        Field known = ThreadLocalManager.class.getDeclaredField("threadLocals");
        known.setAccessible(true);
        return (Map<?, ?>) known.get(((ThreadLocal<?>) register.get(null)).get());
    }

    private static <T> T onAThreadOfItsOwn(Callable<T> work) throws InterruptedException, ExecutionException {
        FutureTask<T> task = new FutureTask<>(work);
        new Thread(task, "shopper").start();
        return task.get();
    }

    /** Loads the package under test afresh, as if one class were not there. */
    private static final class Without extends ClassLoader {

        private final String missing;

        Without(String missing) {
            super(SiteReaderTest.class.getClassLoader());
            this.missing = missing;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.equals(missing)) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith("io.yotposync.broadleaf.")) {
                return super.loadClass(name, resolve);
            }
            Class<?> known = findLoadedClass(name);
            return known == null ? define(name) : known;
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (var bytes = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] code = bytes.readAllBytes();
                return defineClass(name, code, 0, code.length);
            } catch (java.io.IOException unreadable) {
                throw new ClassNotFoundException(name, unreadable);
            }
        }
    }
}
