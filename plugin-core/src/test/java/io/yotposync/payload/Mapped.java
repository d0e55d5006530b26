package io.yotposync.payload;

import io.yotposync.Samples;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.identity.CustomerIdentifier;
import io.yotposync.identity.Identified;
import io.yotposync.identity.PhoneNumbers;
import io.yotposync.store.StoreSettings;
import io.yotposync.store.Stores;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Customers as one store's mapping makes them. */
final class Mapped {

    static final StoreSettings STORE = Samples.store("default");

    static final PhoneNumbers PHONES = PhoneNumbers.standard();

    private Mapped() {}

    static @Nullable Object value(CustomerSnapshot customer, StoreSettings store, CustomerProperty property) {
        return map(customer, store).properties().get(property);
    }

    static CustomerPayload map(
            CustomerSnapshot customer, StoreSettings store, CustomerPayloadCustomizer... customizers) {
        Identified identity = (Identified) new CustomerIdentifier(PHONES).identify(customer, store);
        return new PayloadMapper(new Stores(List.of(store)), PHONES, List.of(customizers))
                .map(customer, identity, store);
    }

    static RenderedPayload render(CustomerSnapshot customer, StoreSettings store) {
        return new PayloadMapper(new Stores(List.of(store)), PHONES, List.of()).render(map(customer, store), store);
    }
}
