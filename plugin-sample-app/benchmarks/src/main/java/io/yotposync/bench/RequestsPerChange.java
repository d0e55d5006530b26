package io.yotposync.bench;

import com.zaxxer.hikari.HikariDataSource;
import io.yotposync.bench.peers.Kind;
import io.yotposync.bench.peers.Peer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.broadleafcommerce.profile.core.domain.Customer;
import org.springframework.transaction.TransactionStatus;

/** Section 2. */
final class RequestsPerChange implements Section {

    private static final Kind[] SMOKE = {Kind.ASYNC_RETRY, Kind.OURS_MEMORY};

    @Override
    public String name() {
        return "requests";
    }

    @Override
    public String title() {
        return "2. Requests for a real change";
    }

    @Override
    public String about() {
        return "Requests that reach Yotpo for each change of what it is to know, on the events that Broadleaf publishes:"
                + " a registration with an address and a phone (one change, three events); an edited profile (one change"
                + " and a log-in, which touches the row); a checkout by a registered customer (the address is new, and the"
                + " order saves the customer twice more); and an import of many customers, 40 % of them as they were."
                + " 1 is the goal.";
    }

    /** Saves as they come; {@code saved} is called where Broadleaf publishes its event. */
    private interface Trace {
        /** @return how many changes of what Yotpo is to know it has */
        int play(Saves saves);
    }

    /** Where Broadleaf publishes its event. */
    private interface Saves {
        void saved(Customer customer);
    }

    @Override
    public Table run(Scale scale) throws Exception {
        int shoppers = scale.of(200, 3);
        int imported = scale.of(10_000, 10);
        Table table = new Table("with", "registration", "profile edit", "checkout", "import");
        try (Postgres postgres = new Postgres()) {
            for (Kind kind : scale.smoke() ? SMOKE : Kind.values()) {
                table.row(
                        kind.text(),
                        ratio(kind, postgres, scale, saves -> {}, saves -> registrations(shoppers, saves)),
                        ratio(kind, postgres, scale, saves -> known(shoppers, saves), saves -> edits(shoppers, saves)),
                        ratio(
                                kind,
                                postgres,
                                scale,
                                saves -> known(shoppers, saves),
                                saves -> checkouts(shoppers, saves)),
                        ratio(
                                kind,
                                postgres,
                                scale,
                                saves -> known(imported, saves),
                                saves -> reimport(imported, saves)));
            }
        }
        return table;
    }

    private interface Before {
        void play(Saves saves);
    }

    private static double ratio(Kind kind, Postgres postgres, Scale scale, Before before, Trace trace) {
        try (LocalYotpo yotpo = new LocalYotpo();
                HikariDataSource pool = postgres.pool(30)) {
            Postgres.clear(pool);
            Host host = new Host(pool);
            try (Peer peer = kind.start(yotpo.url(), pool, host.manager())) {
                Saves saves = customer -> save(kind, host, peer, customer);
                before.play(saves);
                untilQuiet(yotpo, scale.of(1500, 500) * 1_000_000L);
                long known = yotpo.accepted();
                int changes = trace.play(saves);
                untilQuiet(yotpo, scale.of(1500, 500) * 1_000_000L);
                return (yotpo.accepted() - known) / (double) changes;
            }
        }
    }

    private static void save(Kind kind, Host host, Peer peer, Customer customer) {
        if (!kind.isTransactional()) {
            peer.saved(customer);
            return;
        }
        TransactionStatus transaction = host.begin();
        host.save(customer);
        peer.saved(customer);
        host.commit(transaction);
    }

    /** No more requests for longer than anything rests or polls. */
    private static void untilQuiet(LocalYotpo yotpo, long nanos) {
        long seen = -1;
        long since = System.nanoTime();
        while (System.nanoTime() - since < nanos) {
            if (yotpo.accepted() != seen) {
                seen = yotpo.accepted();
                since = System.nanoTime();
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    private static int registrations(int shoppers, Saves saves) {
        for (int id = 1; id <= shoppers; id++) {
            Customer customer = Shoppers.registered(id);
            saves.saved(customer);
            Shoppers.addAddress(customer, false);
            saves.saved(customer);
            Shoppers.addPhone(customer);
            saves.saved(customer);
        }
        return shoppers;
    }

    private static List<Customer> known(int shoppers, Saves saves) {
        List<Customer> customers = customers(shoppers);
        customers.forEach(saves::saved);
        return customers;
    }

    private static List<Customer> customers(int count) {
        List<Customer> customers = new ArrayList<>(count);
        for (int id = 1; id <= count; id++) {
            customers.add(Shoppers.unchanging(id));
        }
        return customers;
    }

    private static int edits(int shoppers, Saves saves) {
        for (Customer customer : customers(shoppers)) {
            saves.saved(Shoppers.saved(customer)); // the log-in
            customer.setFirstName("Other");
            saves.saved(Shoppers.saved(customer));
        }
        return shoppers;
    }

    private static int checkouts(int shoppers, Saves saves) {
        for (Customer customer : customers(shoppers)) {
            saves.saved(Shoppers.saved(customer));
            customer.getCustomerAddresses().get(0).getAddress().setAddressLine1("2 Street");
            saves.saved(Shoppers.saved(customer));
            saves.saved(Shoppers.saved(customer));
        }
        return shoppers;
    }

    private static int reimport(int imported, Saves saves) {
        int changes = 0;
        for (Customer customer : customers(imported)) {
            if (customer.getId() % 10 >= 4) {
                customer.setLastName("Married");
                changes++;
            }
            saves.saved(Shoppers.saved(customer));
        }
        return changes;
    }
}
