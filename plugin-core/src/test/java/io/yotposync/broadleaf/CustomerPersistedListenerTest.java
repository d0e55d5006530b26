package io.yotposync.broadleaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.mockito.Mockito.atLeastOnce;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.spy;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import ch.qos.logback.classic.Level;
import com.github.benmanes.caffeine.cache.Ticker;
import io.yotposync.CapturedLog;
import io.yotposync.CustomerSync;
import io.yotposync.RecordingHandOver;
import io.yotposync.RecordingListener;
import io.yotposync.Samples;
import io.yotposync.observe.SkipReason;
import io.yotposync.observe.SyncListener;
import io.yotposync.recent.RecentSettings;
import io.yotposync.recent.RecentUpserts;
import io.yotposync.source.Rereads;
import io.yotposync.store.StoreStates;
import io.yotposync.store.StoreSwitch;
import io.yotposync.store.Stores;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.broadleafcommerce.profile.core.domain.Customer;
import org.broadleafcommerce.profile.core.domain.CustomerAddress;
import org.broadleafcommerce.profile.core.domain.CustomerPersistedEvent;
import org.hibernate.collection.internal.PersistentBag;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionSynchronizationUtils;

class CustomerPersistedListenerTest {

    private final RecordingHandOver outbox = new RecordingHandOver();
    private final RecordingListener heard = new RecordingListener();
    private final Rereads rereads = new Rereads();
    private final CustomerPersistedListener listener = listener(heard);
    private final CapturedLog log = new CapturedLog("io.yotposync", Level.TRACE);

    @AfterEach
    void stopListening() {
        log.close();
    }

    static Stream<Throwable> faults() {
        return Stream.of(
                new Entities.LazyInitializationException(),
                new NoClassDefFoundError("a@example.com"),
                new NoSuchMethodError("a@example.com"),
                new StackOverflowError(),
                new AssertionError("a@example.com"));
    }

    @Test
    void takesASavedCustomerToTheOutbox() {
        listener.onApplicationEvent(new CustomerPersistedEvent(Entities.customer()));

        assertThat(outbox.keys()).containsExactly("default/7");
        assertThat(outbox.taken().get(0).payload())
                .contains("\"external_id\":\"7\"", "\"email\":\"a@example.com\"")
                .doesNotContain("canary");
        assertThat(rereads.drain(Instant.EPOCH)).isEmpty();
    }

    @Test
    void takesWhatItCanReadOfADetachedCustomer() {
        Customer customer = spy(Entities.customer());
        doThrow(new Entities.LazyInitializationException()).when(customer).getCustomerAddresses();

        listener.onApplicationEvent(new CustomerPersistedEvent(customer));

        assertThat(outbox.keys()).containsExactly("default/7");
        assertThat(rereads.drain(Instant.EPOCH)).as("read again").containsExactly(new Rereads.Reread("7", Set.of()));
    }

    @Test
    @SuppressWarnings("unchecked") // of this time, Hibernate's collections are raw
    void onlyInTheTransactionOfTheSaveIsAnythingLoaded() {
        SharedSessionContractImplementor session = mock(SharedSessionContractImplementor.class);
        Customer customer = Entities.customer();
        customer.setCustomerAddresses((List<CustomerAddress>) new PersistentBag(session));

        listener.onApplicationEvent(new CustomerPersistedEvent(customer));
        verifyNoInteractions(session);

        TransactionSynchronizationManager.setActualTransactionActive(true);
        try {
            listener.onApplicationEvent(new CustomerPersistedEvent(customer));
        } finally {
            TransactionSynchronizationManager.setActualTransactionActive(false);
        }
        verify(session, atLeastOnce()).isOpenOrWaitingForAutoClose();
    }

    @Test
    void anEventBeforeTheCommitIsTakenUpAfterIt() {
        inTransactionThatEnds(TransactionSynchronization.STATUS_COMMITTED, () -> {
            listener.onApplicationEvent(new CustomerPersistedEvent(Entities.customer()));
            assertThat(outbox.keys()).isEmpty();
        });

        assertThat(outbox.keys()).containsExactly("default/7");
    }

    @Test
    void whatARolledBackTransactionSaidIsForgotten() {
        inTransactionThatEnds(
                TransactionSynchronization.STATUS_ROLLED_BACK,
                () -> listener.onApplicationEvent(new CustomerPersistedEvent(Entities.customer())));

        assertThat(outbox.keys()).isEmpty();
        assertThat(rereads.drain(Instant.EPOCH)).isEmpty();
    }

    @Test
    void whetherATransactionOfUnknownEndSavedIsReadFromTheHost() {
        rereads.onFirst(() -> {});

        inTransactionThatEnds(
                TransactionSynchronization.STATUS_UNKNOWN,
                () -> listener.onApplicationEvent(new CustomerPersistedEvent(Entities.customer())));

        assertThat(outbox.keys()).isEmpty();
        assertThat(rereads.drain(Instant.EPOCH)).containsExactly(new Rereads.Reread("7", Set.of()));
    }

    @Test
    void whatGoesWrongAtATransactionsUnknownEndIsCountedAndNoLogQuotesIt() {
        rereads.onFirst(() -> {
            throw new IllegalStateException("a@example.com");
        });

        inTransactionThatEnds(
                TransactionSynchronization.STATUS_UNKNOWN,
                () -> listener.onApplicationEvent(new CustomerPersistedEvent(Entities.customer())));

        assertThat(heard.heard()).containsExactly("FAILED null/7");
        assertNothingPersonalIsLogged();
    }

    private static void inTransactionThatEnds(int status, Runnable saves) {
        TransactionSynchronizationManager.initSynchronization();
        TransactionSynchronizationManager.setActualTransactionActive(true);
        try {
            saves.run();
            TransactionSynchronizationUtils.invokeAfterCompletion(
                    TransactionSynchronizationManager.getSynchronizations(), status);
        } finally {
            TransactionSynchronizationManager.clear();
        }
    }

    @ParameterizedTest
    @MethodSource("faults")
    void anUnreadableCustomerIsCountedAndTheShopperHearsNothing(Throwable fault) {
        Customer customer = mock(Customer.class);
        when(customer.getId()).thenReturn(7L);
        when(customer.isRegistered()).thenThrow(fault);

        assertThatCode(() -> listener.onApplicationEvent(new CustomerPersistedEvent(customer)))
                .doesNotThrowAnyException();

        assertThat(heard.heard()).containsExactly("FAILED null/7");
        assertThat(rereads.drain(Instant.EPOCH)).as("read again").containsExactly(new Rereads.Reread("7", Set.of()));
        assertNothingPersonalIsLogged();
    }

    @Test
    void thatNoCustomerCanBeReadIsWarnedOfOnce() {
        Customer customer = mock(Customer.class);
        when(customer.getId()).thenReturn(7L);
        when(customer.isRegistered()).thenThrow(new Entities.LazyInitializationException());

        for (int i = 0; i < 20; i++) {
            listener.onApplicationEvent(new CustomerPersistedEvent(customer));
        }

        assertThat(log.lines(Level.WARN)).singleElement().asString().contains("customer 7 could not be read", " at ");
    }

    @ParameterizedTest
    @MethodSource("faults")
    void notEvenTheIdNeedBeReadable(Throwable fault) {
        Customer customer = mock(Customer.class);
        when(customer.getId()).thenThrow(fault);

        assertThatCode(() -> listener.onApplicationEvent(new CustomerPersistedEvent(customer)))
                .doesNotThrowAnyException();

        assertThat(heard.heard()).containsExactly("FAILED null/unknown");
        assertNothingPersonalIsLogged();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aFaultyListenerOfOursHarmsNoShopperEither(Throwable fault) {
        SyncListener faulty = mock(SyncListener.class, call -> {
            throw fault;
        });
        Customer customer = mock(Customer.class);

        assertThatCode(() -> listener(faulty).onApplicationEvent(new CustomerPersistedEvent(customer)))
                .doesNotThrowAnyException();
        assertNothingPersonalIsLogged();
    }

    @Test
    void anEventWithoutCustomerIsCounted() {
        CustomerPersistedEvent event = mock(CustomerPersistedEvent.class);

        listener.onApplicationEvent(event);

        assertThat(heard.heard()).containsExactly("FAILED null/unknown");
    }

    @Test
    void anAnonymousCartIsSkippedWithItsReason() {
        Customer guest = Entities.make(Customer.class);
        guest.setId(8L);

        listener.onApplicationEvent(new CustomerPersistedEvent(guest));

        assertThat(heard.heard()).containsExactly(SkipReason.ANONYMOUS + " default/8");
    }

    private void assertNothingPersonalIsLogged() {
        assertThat(log.events())
                .isNotEmpty()
                .allSatisfy(event -> assertThat(event.getFormattedMessage()).doesNotContain("a@example.com"))
                .allSatisfy(event -> assertThat(event.getThrowableProxy()).isNull());
    }

    private CustomerPersistedListener listener(SyncListener told) {
        Stores stores = new Stores(List.of(Samples.store("default")));
        CustomerSync sync = new CustomerSync(
                new StoreSwitch(stores, StoreStates.inMemory()),
                Samples.preparation(stores),
                new RecentUpserts(RecentSettings.DEFAULTS, false, Ticker.systemTicker()),
                outbox,
                told);
        return new CustomerPersistedListener(new CustomerReader(stores.paths()), sync, told, rereads);
    }
}
