package io.yotposync.autoconfigure.operator;

import io.yotposync.dispatch.Dispatcher;
import io.yotposync.dispatch.LaneStatus;
import io.yotposync.operator.LaneView;
import io.yotposync.operator.LiveLanes;
import io.yotposync.store.StoreKey;
import org.jspecify.annotations.Nullable;

/** The sending side, as operators see it. */
record DispatcherLanes(Dispatcher dispatcher) implements LiveLanes {

    @Override
    public @Nullable LaneView of(StoreKey store) {
        return dispatcher.status().stream()
                .filter(lane -> lane.store().equals(store))
                .map(DispatcherLanes::view)
                .findFirst()
                .orElse(null);
    }

    private static LaneView view(LaneStatus lane) {
        return new LaneView(
                lane.breaker().name(),
                lane.inFlight(),
                lane.rate(),
                lane.permittedRate(),
                lane.waitUntil(),
                lane.tokenAge());
    }
}
