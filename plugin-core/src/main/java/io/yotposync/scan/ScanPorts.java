package io.yotposync.scan;

import io.yotposync.outbox.Desired;
import io.yotposync.outbox.Outbox;
import io.yotposync.source.CustomerSource;
import io.yotposync.store.CustomerKey;
import io.yotposync.store.StoreStates;
import io.yotposync.store.Stores;
import java.time.Clock;
import java.util.function.Consumer;

/**
 * What scans work with.
 *
 * @param written told of every state written to the outbox, so that its store is woken
 * @param forget drops what this node remembers of a customer's live saves: the scan knows better
 */
public record ScanPorts(
        Stores stores,
        StoreStates storeStates,
        ScanStates scanStates,
        CustomerSource source,
        Outbox outbox,
        Consumer<Desired> written,
        Consumer<CustomerKey> forget,
        Clock clock) {}
