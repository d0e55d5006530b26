package io.yotposync.dispatch;

import io.yotposync.client.YotpoClient;
import io.yotposync.observe.SyncListener;
import io.yotposync.outbox.Outbox;
import io.yotposync.store.CredentialsSource;
import io.yotposync.store.StoreStates;
import java.time.Clock;

/**
 * What every lane works with.
 *
 * @param listener told about each send, on the plugin's own threads
 * @param credentials asked before each send
 * @param payloads asked before each send
 * @param sends stands beside each send
 */
public record LanePorts(
        Outbox outbox,
        StoreStates states,
        YotpoClient client,
        SyncListener listener,
        Clock clock,
        CredentialsSource credentials,
        ClaimPayloads payloads,
        SendObserver sends) {

    /** With the payloads that the outbox keeps. */
    public LanePorts(
            Outbox outbox,
            StoreStates states,
            YotpoClient client,
            SyncListener listener,
            Clock clock,
            CredentialsSource credentials) {
        this(outbox, states, client, listener, clock, credentials, ClaimPayloads.kept(), SendObserver.none());
    }
}
