package io.yotposync.test;

import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.identity.CustomerIdentifier;
import io.yotposync.identity.PhoneNumbers;
import io.yotposync.observe.SkipReason;
import io.yotposync.outbox.Origin;
import io.yotposync.payload.CustomerPayloadCustomizer;
import io.yotposync.payload.PayloadMapper;
import io.yotposync.prepare.Preparation;
import io.yotposync.prepare.Prepared;
import io.yotposync.store.Credentials;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreSettings;
import io.yotposync.store.Stores;
import java.time.Clock;
import java.util.List;
import org.opentest4j.AssertionFailedError;

/** One store's mapping, exactly as the plugin does it, without an outbox and without Yotpo. Thread-safe. */
public final class MappingFixture {

    private final StoreSettings store;
    private final Preparation preparation;

    private MappingFixture(StoreSettings store, Preparation preparation) {
        this.store = store;
        this.preparation = preparation;
    }

    /** A store with all defaults, and the given customizers, applied in this order. */
    public static MappingFixture standard(CustomerPayloadCustomizer... customizers) {
        return of(StoreSettings.of(StoreKey.DEFAULT, new Credentials("app-key", "secret")), customizers);
    }

    /** A store with settings of your own, and the given customizers, applied in this order. */
    public static MappingFixture of(StoreSettings store, CustomerPayloadCustomizer... customizers) {
        PhoneNumbers phones = PhoneNumbers.standard();
        PayloadMapper mapper = new PayloadMapper(new Stores(List.of(store)), phones, List.of(customizers));
        return new MappingFixture(store, new Preparation(new CustomerIdentifier(phones), mapper, Clock.systemUTC()));
    }

    /**
     * A store as an application has it, with its own customizers.
     *
     * @param preparation the application's bean
     */
    public static MappingFixture of(StoreSettings store, Preparation preparation) {
        return new MappingFixture(store, preparation);
    }

    /**
     * The body of the request that would be sent.
     *
     * @throws AssertionFailedError with the reason if nothing would be sent
     */
    public String payload(CustomerSnapshot customer) {
        Prepared prepared = prepare(customer);
        if (prepared instanceof Prepared.Ready ready) {
            return ready.desired().payload();
        }
        throw new AssertionFailedError("customer " + customer.id() + " is not sent to store " + store.key() + ": "
                + ((Prepared.Skipped) prepared).reason());
    }

    /**
     * Why nothing would be sent.
     *
     * @throws AssertionFailedError if something would be
     */
    public SkipReason skipped(CustomerSnapshot customer) {
        if (prepare(customer) instanceof Prepared.Skipped skipped) {
            return skipped.reason();
        }
        throw new AssertionFailedError("customer " + customer.id() + " is sent to store " + store.key());
    }

    /** Compares {@link #payload} with a golden file; see {@link GoldenPayload}. */
    public void assertMatches(String goldenFile, CustomerSnapshot customer) {
        GoldenPayload.assertMatches(goldenFile, payload(customer));
    }

    private Prepared prepare(CustomerSnapshot customer) {
        return preparation.prepare(customer, store, Origin.LIVE);
    }
}
