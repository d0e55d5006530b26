package io.yotposync.operator;

import io.yotposync.operator.Audited.Result;
import io.yotposync.outbox.LedgerQuery;
import io.yotposync.outbox.LedgerRow;
import io.yotposync.outbox.LedgerStatus;
import io.yotposync.outbox.Outbox;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreState;
import io.yotposync.store.StoreSwitch;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Has one customer sent once more: as it waits in its row, or as the shop has it now. */
final class Resend {

    private final StoreSwitch stores;
    private final Outbox outbox;
    private final CatchUp catchUp;
    private final Clock clock;

    Resend(StoreSwitch stores, Outbox outbox, CatchUp catchUp, Clock clock) {
        this.stores = stores;
        this.outbox = outbox;
        this.catchUp = catchUp;
        this.clock = clock;
    }

    Result of(CustomerKey customer) {
        StoreState store = stores.state(customer.store());
        // What was kept of it is what Yotpo refused.
        if (statusOf(customer) == LedgerStatus.PARKED && !readAgain(customer)) {
            return notResent(customer);
        }
        LedgerStatus status = statusOf(customer);
        LedgerQuery query = LedgerQuery.all()
                .withStore(customer.store())
                .withCustomer(customer.customerId())
                .withStatus(status == null ? LedgerStatus.IN_SYNC : status);
        boolean sent = status != null && outbox.requeue(query, clock.instant()) > 0;
        return sent || fromShop(customer) ? resent(store) : notResent(customer);
    }

    private @Nullable LedgerStatus statusOf(CustomerKey customer) {
        return outbox.find(customer).map(LedgerRow::status).orElse(null);
    }

    /** Whether there is something to send: without a way to read the customer again, what was kept is all there is. */
    private boolean readAgain(CustomerKey customer) {
        try {
            return fromShop(customer);
        } catch (UnsupportedOperationException noSource) {
            return true;
        }
    }

    /** Whether what the shop has of it is sent; not if it cannot be read. */
    private boolean fromShop(CustomerKey customer) {
        try {
            return catchUp.resend(customer);
        } catch (RuntimeException | Error fault) {
            if (catchUp.unreadable(customer) == null) {
                throw fault;
            }
            return false;
        }
    }

    private Result notResent(CustomerKey customer) {
        String unreadable = catchUp.unreadable(customer);
        String why = unreadable == null
                ? "The shop has no such customer for store " + customer.store()
                        + ", or not one that can be sent; ask why by its id."
                : "Nothing was sent: the customer cannot be read (" + unreadable + ").";
        return new Result(why + " What was kept of a refused one is sent by retry.", Map.of("customers", 0));
    }

    private Result resent(StoreState store) {
        boolean enabled = stores.isEnabled(stores.stores().get(store.store()));
        return new Result("It is sent once more" + Switches.whenItSends(store, enabled) + ".", Map.of("customers", 1));
    }
}
