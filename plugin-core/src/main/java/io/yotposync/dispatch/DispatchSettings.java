package io.yotposync.dispatch;

import java.time.Duration;

/**
 * How this node drains the outbox.
 *
 * @param node this node's name, unique among all that share the outbox
 * @param poll how often the outbox is asked for due work, and other nodes' changes of the stores are taken over
 */
public record DispatchSettings(String node, Duration poll) {

    public static final Duration DEFAULT_POLL = Duration.ofSeconds(1);
}
