package io.yotposync.dispatch;

import java.time.Duration;

/**
 * How this node drains the outbox.
 *
 * @param node this node's name, unique among all that share the outbox
 * @param poll how often the outbox is asked for due work, and other nodes' changes of the stores are taken over
 * @param drain how long a stop waits for requests under way and, where the outbox is not durable, for pending states
 */
public record DispatchSettings(String node, Duration poll, Duration drain) {

    public static final Duration DEFAULT_POLL = Duration.ofSeconds(1);
    public static final Duration DEFAULT_DRAIN = Duration.ofSeconds(10);
}
