package io.yotposync.capture;

import io.yotposync.customer.CustomerSnapshot;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The entities of one transaction that concern customers. One thread at a time, as its session is. */
final class SavedEntities {

    private final HibernateApi hibernate;
    private final EntityModel model;
    private final Object session;

    /** In the order in which they were written, each as often as it was. */
    private final List<Object> written = new ArrayList<>();

    /** Customers of whom the last was a deletion. */
    private final Set<Object> deleted = identitySet();

    private final Set<Object> customers = identitySet();
    private @Nullable Captured captured;

    SavedEntities(HibernateApi hibernate, EntityModel model, Object session) {
        this.hibernate = hibernate;
        this.model = model;
        this.session = session;
    }

    private static Set<Object> identitySet() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }

    void saved(Object entity) {
        written.add(entity);
        deleted.remove(entity);
    }

    /** A deleted part changes its customer; a deleted customer is none. */
    void deleted(Object entity) {
        written.add(entity);
        if (model.isCustomer(entity.getClass())) {
            deleted.add(entity);
        }
    }

    /** Between the last flush and the commit. */
    void capture(AtomicCapture capture) {
        Collection<SavedCustomer> all = find();
        hibernate.withConnection(session, connection -> captured = capture.capture(connection, all));
    }

    @Nullable
    Captured captured() {
        return captured;
    }

    /** Those that were found. */
    Collection<Object> customers() {
        return customers;
    }

    /** Asks no database: nothing could take back what fails there. */
    private Collection<SavedCustomer> find() {
        Set<Object> details = identitySet();
        Deque<Object> latestFirst = new ArrayDeque<>();
        for (Object entity : written) {
            Object customer = model.customerOf(entity);
            if (customer != null) {
                latestFirst.push(hibernate.loaded(customer));
            } else {
                details.add(entity);
            }
        }
        if (!details.isEmpty()) {
            ownersOf(details).forEach(latestFirst::push);
        }
        // One customer may be there twice, as after a host emptied its session: what was written last counts.
        Map<String, Found> byId = new LinkedHashMap<>();
        for (Object customer : latestFirst) {
            if (customers.add(customer)) {
                CustomerSnapshot unread = model.unread(customer);
                byId.putIfAbsent(unread.id(), new Found(customer, unread));
            }
        }
        byId.values().removeIf(found -> deleted.contains(found.customer));
        return List.copyOf(byId.values());
    }

    /** A phone number does not know whose it is, but the link between the two is in the session that changed it. */
    private List<Object> ownersOf(Set<Object> details) {
        List<Object> owners = new ArrayList<>();
        for (Object link : hibernate.entities(session)) {
            Object detail = model.detailOf(link);
            Object customer = detail == null ? null : model.customerOf(link);
            if (customer != null && detail != null && details.contains(hibernate.loaded(detail))) {
                owners.add(hibernate.loaded(customer));
            }
        }
        return owners;
    }

    private final class Found implements SavedCustomer {

        private final Object customer;
        private final CustomerSnapshot unread;

        Found(Object customer, CustomerSnapshot unread) {
            this.customer = customer;
            this.unread = unread;
        }

        @Override
        public CustomerSnapshot unread() {
            return unread;
        }

        @Override
        public CustomerSnapshot read() {
            return model.read(hibernate.unproxy(customer));
        }
    }
}
