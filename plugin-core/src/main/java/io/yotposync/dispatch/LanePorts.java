package io.yotposync.dispatch;

import io.yotposync.client.YotpoClient;
import io.yotposync.observe.SyncListener;
import io.yotposync.outbox.Outbox;
import io.yotposync.store.StoreStates;
import java.time.Clock;

/**
 * What every lane works with.
 *
 * @param listener told about each send, on the plugin's own threads
 */
public record LanePorts(Outbox outbox, StoreStates states, YotpoClient client, SyncListener listener, Clock clock) {}
