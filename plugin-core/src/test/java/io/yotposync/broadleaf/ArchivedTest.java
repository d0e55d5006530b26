package io.yotposync.broadleaf;

import static org.assertj.core.api.Assertions.assertThat;

import io.yotposync.broadleaf.Entities.ArchivedEntity;
import io.yotposync.broadleaf.Entities.KeptEntity;
import io.yotposync.customer.CustomerSnapshot;
import java.util.List;
import org.broadleafcommerce.profile.core.domain.Customer;
import org.junit.jupiter.api.Test;

/** What Broadleaf's admin deletes is a row that stays, with a mark. */
class ArchivedTest {

    private final CustomerReader reader = new CustomerReader(List.of());

    @Test
    void anArchivedCustomerIsDeactivated() {
        Customer customer = Entities.fill(Entities.make(Customer.class, ArchivedEntity.class));

        CustomerSnapshot read = reader.read(customer);

        assertThat(read.deactivated()).isTrue();
        assertThat(read.partial()).isFalse();
        assertThat(reader.readLoaded(customer).deactivated()).isTrue();
    }

    @Test
    void oneThatIsNotArchivedIsNot() {
        assertThat(reader.read(Entities.fill(Entities.make(Customer.class, KeptEntity.class)))
                        .deactivated())
                .isFalse();
    }

    @Test
    void theMarkIsAskedOfTheEntityBehindAProxy() {
        Customer entity = Entities.fill(Entities.make(Customer.class, ArchivedEntity.class));

        assertThat(Archived.is(Entities.proxyOf(entity), new Reading(true))).isTrue();
        assertThat(Archived.is(Entities.proxyOf(Entities.customer()), new Reading(true)))
                .isFalse();
    }
}
