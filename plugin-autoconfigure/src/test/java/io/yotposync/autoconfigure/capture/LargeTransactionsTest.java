package io.yotposync.autoconfigure.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.yotposync.CustomerSync;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.source.Rereads;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import org.mockito.Mockito;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** A save costs the same however much its transaction has done before. */
class LargeTransactionsTest {

    private static final int SAVES = 5_000;

    private final CustomerSync sync = Mockito.mock(CustomerSync.class);
    private final SavedInTransaction.Ways ways = new SavedInTransaction.Ways(sync, null, new Rereads());

    @BeforeEach
    void begin() {
        TransactionSynchronizationManager.initSynchronization();
        TransactionSynchronizationManager.setActualTransactionActive(true);
    }

    @AfterEach
    void end() {
        TransactionSynchronizationManager.clear();
        TransactionSynchronizationManager.unbindResourceIfPossible(sync);
    }

    @Test
    void theSynchronizationsThatAHostHasOfItsOwnAreNotLookedThrough() {
        AtomicInteger looks = new AtomicInteger();
        for (int i = 0; i < 10; i++) {
            save("Ada");
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public int getOrder() {
                    return looks.incrementAndGet();
                }
            });
        }

        assertThat(looks).hasValue(0);
    }

    @Test
    void aSavepointCopiesNothingOfWhatWasSavedBefore() {
        SavedInTransaction saved = save("Ada");
        ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = memory.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < SAVES; i++) {
            saved.savepoint(new Object());
            save(String.valueOf(i));
        }

        assertThat((memory.getCurrentThreadAllocatedBytes() - before) / SAVES).isLessThan(10_000);
    }

    @Test
    void eachSavepointBringsBackWhatWasSavedBeforeIt() {
        SavedInTransaction saved = save("Ada", "kept");
        saved.savepoint("outer");
        save("Ada", "lost");
        save("Grace", "lost");
        saved.savepoint("inner");
        save("Ada", "lost too");
        save("Edsger", "lost too");
        saved.savepointRollback("inner");
        save("Barbara", "lost");
        saved.savepointRollback("outer");
        save("Donald", "kept");

        saved.afterCommit();

        assertThat(told()).containsExactlyInAnyOrder("Ada kept", "Donald kept");
    }

    @Test
    void aSavepointFromBeforeTheFirstSaveLeavesNone() {
        SavedInTransaction saved = save("Ada", "lost");
        saved.savepoint("later");
        save("Grace", "lost");
        saved.savepointRollback("earlier");
        save("Donald", "kept");

        saved.afterCommit();

        assertThat(told()).containsExactly("Donald kept");
    }

    /** As by a host that clears its thread by hand, or one whose server ends transactions on a thread of its own. */
    @Test
    void whatATransactionLeftOnTheThreadKeepsNoLaterSaveFromBeingTold() {
        save("Ada", "of before");
        TransactionSynchronizationManager.clear();
        begin();

        save("Grace", "of now");

        assertThat(TransactionSynchronizationManager.getSynchronizations()).hasSize(1);
        TransactionSynchronizationManager.getSynchronizations().forEach(TransactionSynchronization::afterCommit);
        assertThat(told()).contains("Grace of now");
    }

    @Test
    void nothingStaysOnTheThread() {
        SavedInTransaction saved = save("Ada");
        saved.suspend();
        assertThat(TransactionSynchronizationManager.getResourceMap()).isEmpty();
        saved.resume();
        assertThat(TransactionSynchronizationManager.getResourceMap()).hasSize(1);
        saved.beforeCompletion();
        assertThat(TransactionSynchronizationManager.getResourceMap()).isEmpty();

        SavedInTransaction late = save("Grace");
        late.afterCompletion(TransactionSynchronization.STATUS_COMMITTED);
        assertThat(TransactionSynchronizationManager.getResourceMap()).isEmpty();
    }

    private SavedInTransaction save(String id) {
        return save(id, "saved");
    }

    private SavedInTransaction save(String id, String name) {
        SavedInTransaction.add(CustomerSnapshot.of(id).name(name, null).build(), Instant.EPOCH, ways);
        return (SavedInTransaction) Objects.requireNonNull(TransactionSynchronizationManager.getResource(sync));
    }

    private List<String> told() {
        ArgumentCaptor<CustomerSnapshot> told = ArgumentCaptor.captor();
        Mockito.verify(sync, Mockito.atLeast(0)).accept(told.capture());
        return told.getAllValues().stream()
                .map(customer -> customer.id() + " " + customer.firstName())
                .toList();
    }
}
