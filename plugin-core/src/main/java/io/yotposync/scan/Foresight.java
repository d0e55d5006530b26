package io.yotposync.scan;

import com.fasterxml.jackson.databind.JsonNode;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.outbox.Desired;
import io.yotposync.outbox.LedgerMark;
import io.yotposync.outbox.Origin;
import io.yotposync.payload.Bodies;
import io.yotposync.payload.CustomerProperty;
import io.yotposync.prepare.Preparation;
import io.yotposync.prepare.Prepared;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreSettings;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says what a store would be told next of one customer, and tells nothing. Thread-safe; reads the host's customer and the
 * ledger, so it is called on an operator's thread.
 */
public final class Foresight {

    private final ScanPorts ports;
    private final boolean disable;
    private final Preparation preparation;
    private final Judge judge;
    private final Farewell farewell;

    public Foresight(ScanPorts ports, ScanSettings settings, Mapping mapping) {
        this.ports = ports;
        this.disable = settings.leavers().areDisabled();
        this.preparation = mapping.preparation();
        this.judge = mapping.judge(settings);
        this.farewell = mapping.farewell();
    }

    /** Whether the shop has the customer. */
    public enum Being {
        THERE,
        /** Nothing personal is left of one whom Yotpo was told of, who is disabled for that. */
        LEFT,
        /** The shop has no such customer. */
        GONE
    }

    /**
     * One customer in one store.
     *
     * @param next what the store would be told, or why not; of one who left or is gone the farewell, {@code null} if none
     *     can be made
     * @param emailLeftOut whether it has an e-mail address that is not sent beside its id
     */
    public record Seen(Being being, @Nullable Prepared next, boolean emailLeftOut) {

        public Seen(Being being, @Nullable Prepared next) {
            this(being, next, false);
        }

        public static Seen there(Prepared next) {
            return new Seen(Being.THERE, next);
        }
    }

    public Seen of(CustomerKey key) {
        StoreSettings store = ports.stores().get(key.store());
        Instant readAt = ports.clock().instant();
        Optional<CustomerSnapshot> customer = ports.source().find(key.customerId());
        return customer.isPresent() ? of(customer.get(), store, readAt) : gone(key, store, readAt);
    }

    private Seen of(CustomerSnapshot customer, StoreSettings store, Instant readAt) {
        KnownCustomers known = KnownCustomers.of(ports, List.of(customer));
        if (!known.belongs(customer, store)) {
            return Seen.there(known.elsewhere(customer));
        }
        LedgerMark mark = known.mark(customer, store);
        Prepared prepared = preparation.prepare(customer, store, Origin.SCAN);
        if (!disable
                || mark == null
                || !(judge.judge(customer, store, mark, readAt, ConsentRule.FOLLOW) instanceof Judgement.Left left)) {
            return there(customer, prepared);
        }
        CustomerKey key = new CustomerKey(store.key(), customer.id());
        Optional<Desired> last = farewell.to(key, store, mark, left.rest(), readAt);
        return last.isEmpty() && left.rest() != null
                ? there(customer, prepared) // who cannot be told of is told as the rest is
                : new Seen(Being.LEFT, last.<Prepared>map(Prepared.Ready::new).orElse(null));
    }

    private static Seen there(CustomerSnapshot customer, Prepared next) {
        String email = customer.email();
        boolean given = email != null && !email.isBlank();
        return new Seen(Being.THERE, next, given && next instanceof Prepared.Ready ready && isWithoutEmail(ready));
    }

    /** Beside the shop's own id it would be sent. */
    private static boolean isWithoutEmail(Prepared.Ready ready) {
        JsonNode told = Bodies.customer(ready.desired().payload());
        return told.has(CustomerProperty.EXTERNAL_ID.wireName()) && !told.has(CustomerProperty.EMAIL.wireName());
    }

    private Seen gone(CustomerKey key, StoreSettings store, Instant now) {
        LedgerMark mark = disable ? ports.outbox().marks(List.of(key)).get(key) : null;
        Optional<Desired> last = mark == null ? Optional.empty() : farewell.to(key, store, mark, Origin.SCAN, now);
        return new Seen(Being.GONE, last.<Prepared>map(Prepared.Ready::new).orElse(null));
    }
}
