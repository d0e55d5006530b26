package io.yotposync.autoconfigure;

import io.yotposync.autoconfigure.properties.YotpoSyncProperties;
import io.yotposync.broadleaf.SystemProperties;
import io.yotposync.store.HostSwitch;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreSettings;
import io.yotposync.store.StoreStates;
import io.yotposync.store.Stores;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.BadSqlGrammarException;

/**
 * Stores as somebody switched them in Broadleaf's administration. Looked up on a thread of the plugin's own, on every
 * node, and once before the first customer is sent.
 */
final class SystemPropertySwitch implements HostSwitch, SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger("io.yotposync");

    /** Before the plugin itself. */
    private static final int PHASE = SyncLifecycle.PHASE - 1;

    private final SystemProperties properties;
    private final Collection<StoreSettings> stores;
    private final Supplier<StoreStates> states;
    private final SyncRuntime runtime;
    private final Duration interval;
    private volatile Map<StoreKey, Boolean> known = Map.of();
    private volatile boolean looked;
    private volatile boolean failing;
    private @Nullable Future<?> polling;

    SystemPropertySwitch(
            SystemProperties properties,
            Stores stores,
            Supplier<StoreStates> states,
            SyncRuntime runtime,
            Duration interval) {
        this.properties = properties;
        this.stores = stores.all();
        this.states = states;
        this.runtime = runtime;
        this.interval = interval;
    }

    @Override
    public @Nullable Boolean enabled(StoreKey store) {
        return known.get(store);
    }

    /** Takes over what is set now; what cannot be read leaves things as they are. */
    void look() {
        try {
            Map<StoreKey, Boolean> now = said();
            if (now != null) {
                takeOver(now);
            }
            failing = false;
        } catch (Throwable fault) {
            if (!failing) {
                failing = true;
                LOG.warn(
                        "Yotpo sync: Broadleaf's system properties cannot be read, stores stay as they are: {}",
                        fault.getClass().getName());
            }
        } finally {
            looked = true;
        }
    }

    /** {@code null} if there is nothing to ask. */
    private @Nullable Map<StoreKey, Boolean> said() {
        try {
            Map<String, Boolean> switches = properties.switches(
                    stores.stream().map(store -> property(store.key())).toList());
            Map<StoreKey, Boolean> now = new HashMap<>();
            for (StoreSettings store : stores) {
                Boolean said = switches.get(property(store.key()));
                if (said != null) {
                    now.put(store.key(), said);
                }
            }
            return Map.copyOf(now);
        } catch (BadSqlGrammarException noSuchTable) {
            stop();
            LOG.warn(
                    "Yotpo sync: Broadleaf's table BLC_SYSTEM_PROPERTY cannot be read ({}), so its administration switches"
                            + " no store; see yotpo.sync.source.schema, or set yotpo.sync.system-properties.enabled=false",
                    noSuchTable.getClass().getName());
            return null;
        }
    }

    /** What cannot be noted for the catch-up is not taken over either: the next look tries again. */
    private void takeOver(Map<StoreKey, Boolean> now) {
        Map<StoreKey, Boolean> before = known;
        if (now.equals(before)) {
            return;
        }
        try {
            change(now);
        } catch (RuntimeException fault) {
            known = before;
            throw fault;
        }
    }

    private void change(Map<StoreKey, Boolean> now) {
        Map<StoreKey, Boolean> wereOn = new HashMap<>();
        stores.forEach(store -> wereOn.put(store.key(), isOn(store)));
        known = now;
        for (StoreSettings store : stores) {
            boolean isOn = isOn(store);
            if (isOn != Boolean.TRUE.equals(wereOn.get(store.key()))) {
                LOG.info(
                        "Yotpo sync: store {} is switched {} by Broadleaf's system property {}",
                        store.key(),
                        isOn ? "on" : "off",
                        property(store.key()));
                if (isOn && looked) {
                    // What was dropped meanwhile is left for the catch-up. Before a start this node dropped nothing.
                    states.get().update(store.key(), state -> state.withCatchUpNeeded(true));
                }
            }
        }
    }

    private boolean isOn(StoreSettings store) {
        return states.get().get(store.key()).isEnabled(store.enabled());
    }

    private static String property(StoreKey store) {
        return YotpoSyncProperties.PREFIX + ".stores." + store + ".enabled";
    }

    @Override
    public synchronized void start() {
        if (polling == null && !stores.isEmpty()) {
            long millis = interval.toMillis();
            try {
                polling = runtime.threads().scheduleWithFixedDelay(this::look, millis, millis, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException stopping) {
                return;
            }
            look();
        }
    }

    @Override
    public synchronized void stop() {
        Future<?> task = polling;
        if (task != null) {
            task.cancel(false);
            polling = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return polling != null;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
