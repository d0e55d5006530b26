package io.yotposync.autoconfigure;

import io.yotposync.ForgetRefused;
import io.yotposync.observe.SyncListener;
import io.yotposync.recent.RecentUpserts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Every listener there is, as one. A bean of its own type, so that it is not taken for one of them.
 *
 * @param all tells each, our own memory of recent saves included
 */
public record SyncListeners(SyncListener all) {

    static SyncListeners of(Collection<SyncListener> listeners, RecentUpserts recent) {
        List<SyncListener> all = new ArrayList<>(listeners);
        all.add(new ForgetRefused(recent));
        return new SyncListeners(SyncListener.all(all));
    }
}
