package io.yotposync.broadleaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;
import static org.mockito.Mockito.withSettings;

import io.yotposync.customer.CustomerSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.broadleafcommerce.profile.core.domain.Customer;
import org.broadleafcommerce.profile.core.domain.CustomerAddress;
import org.broadleafcommerce.profile.core.domain.CustomerPhone;
import org.hibernate.collection.internal.PersistentBag;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.proxy.HibernateProxy;
import org.hibernate.proxy.LazyInitializer;
import org.junit.jupiter.api.Test;

/** On the host's event executor the session may still be at work on the saving thread. */
class LazyPartsTest {

    private final SharedSessionContractImplementor session = mock(SharedSessionContractImplementor.class);
    private final CustomerReader reader = new CustomerReader(List.of("customerLocale.friendlyName"));

    @Test
    void knowsWhetherACollectionIsLoadedWithoutLoadingIt() {
        assertThat(LazyParts.isLoaded(new PersistentBag(session))).isFalse();
        assertThat(LazyParts.isLoaded(new PersistentBag(session, new ArrayList<>())))
                .isTrue();
        assertThat(LazyParts.isLoaded(List.of())).isTrue();
        assertThat(LazyParts.isLoaded(Map.of())).isTrue();
    }

    @Test
    void knowsWhetherAnEntityIsLoadedWithoutLoadingIt() {
        assertThat(LazyParts.isLoaded(proxy(true))).isFalse();
        assertThat(LazyParts.isLoaded(proxy(false))).isTrue();
    }

    @Test
    @SuppressWarnings("unchecked") // of this time, Hibernate's collections are raw
    void whatIsNotLoadedIsLeftOutAndTheSessionLeftAlone() {
        Customer customer = Entities.customer();
        customer.setCustomerAddresses((List<CustomerAddress>) new PersistentBag(session));
        customer.setCustomerPhones((List<CustomerPhone>) new PersistentBag(session));

        CustomerSnapshot read = reader.readLoaded(customer);

        assertThat(read.partial()).isTrue();
        assertThat(read.address()).isNull();
        assertThat(read.phone()).isNull();
        assertThat(read.email()).isEqualTo("a@example.com");
        assertThat(read.attributes()).containsEntry("tier", "gold");
        verifyNoInteractions(session);
    }

    @Test
    void aCustomerThatIsLoadedIsReadInFull() {
        assertThat(reader.readLoaded(Entities.customer())).isEqualTo(reader.read(Entities.customer()));
    }

    @Test
    void ofACustomerThatIsNotLoadedOnlyTheIdIsKnown() {
        Customer customer = mock(Customer.class, withSettings().extraInterfaces(HibernateProxy.class));
        LazyInitializer initializer = mock(LazyInitializer.class);
        when(((HibernateProxy) customer).getHibernateLazyInitializer()).thenReturn(initializer);
        when(initializer.isUninitialized()).thenReturn(true);
        when(customer.getId()).thenReturn(7L);

        assertThat(reader.readLoaded(customer))
                .isEqualTo(
                        CustomerSnapshot.of("7").registered(false).partial(true).build());
        verify(customer, never()).getEmailAddress();
    }

    private static HibernateProxy proxy(boolean uninitialized) {
        HibernateProxy proxy = mock(HibernateProxy.class);
        LazyInitializer initializer = mock(LazyInitializer.class);
        when(proxy.getHibernateLazyInitializer()).thenReturn(initializer);
        when(initializer.isUninitialized()).thenReturn(uninitialized);
        return proxy;
    }
}
