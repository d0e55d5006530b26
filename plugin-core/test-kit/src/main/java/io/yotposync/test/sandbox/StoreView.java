package io.yotposync.test.sandbox;

import java.util.List;
import java.util.Map;

/**
 * A store as its page shows it.
 *
 * @param counters by {@link Counter}, in lower case
 * @param held how many customers there are
 * @param customers the last accepted ones first
 */
public record StoreView(
        String store,
        int requestsPerSecond,
        Faults faults,
        Map<String, Long> counters,
        int held,
        List<HeldCustomer> customers) {}
