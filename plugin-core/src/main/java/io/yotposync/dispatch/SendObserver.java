package io.yotposync.dispatch;

import io.yotposync.client.Outcome;
import io.yotposync.store.CustomerKey;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Stands beside each send, to measure or trace it. Called on the plugin's own threads, for several customers at the same
 * time; returns at once and does not throw: what it throws is taken for a failed send. No call carries personal data.
 */
@FunctionalInterface
public interface SendObserver {

    /**
     * A customer's state goes to Yotpo; once more each time it is tried again.
     *
     * @return told once how that ended, on any thread; {@code null} if it was given up before there was an outcome
     */
    Consumer<@Nullable Outcome> begins(CustomerKey customer);

    /** Looks away. */
    static SendObserver none() {
        return customer -> outcome -> {};
    }
}
