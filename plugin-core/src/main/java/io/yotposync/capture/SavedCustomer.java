package io.yotposync.capture;

import io.yotposync.customer.CustomerSnapshot;

/** A customer that a transaction saves. Called on the saving thread, before its commit. */
public interface SavedCustomer {

    /** Who it is and where. Asks no database, and never fails. */
    CustomerSnapshot unread();

    /** Copies it; may ask the database, and fail there. */
    CustomerSnapshot read();

    /** One that has been read. */
    static SavedCustomer of(CustomerSnapshot customer) {
        return new SavedCustomer() {
            @Override
            public CustomerSnapshot unread() {
                return customer;
            }

            @Override
            public CustomerSnapshot read() {
                return customer;
            }
        };
    }
}
