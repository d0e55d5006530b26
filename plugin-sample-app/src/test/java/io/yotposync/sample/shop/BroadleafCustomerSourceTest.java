package io.yotposync.sample.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.yotposync.broadleaf.BroadleafCustomerSource;
import io.yotposync.broadleaf.CustomerIds;
import io.yotposync.broadleaf.CustomerReader;
import io.yotposync.customer.CustomerSnapshot;
import java.util.List;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.broadleafcommerce.profile.core.domain.Customer;
import org.broadleafcommerce.profile.core.domain.CustomerImpl;
import org.broadleafcommerce.profile.core.service.CustomerService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.SimpleTransactionStatus;

class BroadleafCustomerSourceTest {

    private final CustomerService service = mock(CustomerService.class);
    private final PlatformTransactionManager transactions = mock(PlatformTransactionManager.class);
    private final BroadleafCustomerSource source = new BroadleafCustomerSource(
            new CustomerIds(mock(DataSource.class), null), service, new CustomerReader(List.of()), transactions);

    @BeforeEach
    void everybodyIsThere() {
        when(transactions.getTransaction(any())).thenAnswer(any -> new SimpleTransactionStatus());
        when(service.readCustomerById(anyLong())).thenAnswer(asked -> customer(asked.getArgument(0)));
    }

    private static Customer customer(Long id) {
        Customer customer = new CustomerImpl();
        customer.setId(id);
        return customer;
    }

    private static List<String> ids(long count) {
        return LongStream.rangeClosed(1, count).mapToObj(String::valueOf).toList();
    }

    @Test
    void readsAFewAtATimeInReadOnlyTransactionsOfItsOwnThatAreRolledBack() {
        assertThat(source.findAll(ids(120))).extracting(CustomerSnapshot::id).containsExactlyElementsOf(ids(120));

        ArgumentCaptor<TransactionDefinition> begun = ArgumentCaptor.forClass(TransactionDefinition.class);
        verify(transactions, times(3)).getTransaction(begun.capture());
        assertThat(begun.getAllValues()).allSatisfy(definition -> {
            assertThat(definition.isReadOnly()).isTrue();
            assertThat(definition.getPropagationBehavior()).isEqualTo(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        });
        ArgumentCaptor<SimpleTransactionStatus> ended = ArgumentCaptor.forClass(SimpleTransactionStatus.class);
        verify(transactions, times(3)).commit(ended.capture());
        assertThat(ended.getAllValues()).allMatch(SimpleTransactionStatus::isRollbackOnly);
    }

    @Test
    void whoIsGoneOrNoneOfBroadleafsIsLeftOut() {
        when(service.readCustomerById(2L)).thenReturn(null);

        assertThat(source.findAll(List.of("1", "2", "x")))
                .extracting(CustomerSnapshot::id)
                .containsExactly("1");
        assertThat(source.find("2")).isEmpty();
    }

    @Test
    void oneWhoCannotBeReadDoesNotKeepTheScanFromTheOthers() {
        when(service.readCustomerById(2L)).thenThrow(new IllegalStateException("broken row"));

        assertThat(source.findAll(ids(3)))
                .extracting(CustomerSnapshot::id, CustomerSnapshot::partial)
                .contains(tuple("2", true), tuple("3", false));
    }

    @Test
    void whenNobodyCanBeReadItIsNotTheCustomer() {
        when(service.readCustomerById(anyLong())).thenThrow(new IllegalStateException("no session factory"));

        assertThatThrownBy(() -> source.findAll(ids(3))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anOutageComesThroughAtOnce() {
        when(service.readCustomerById(2L)).thenThrow(new DataAccessResourceFailureException("away"));

        assertThatThrownBy(() -> source.findAll(ids(3))).isInstanceOf(DataAccessResourceFailureException.class);
        verify(service, never()).readCustomerById(3L);
    }
}
