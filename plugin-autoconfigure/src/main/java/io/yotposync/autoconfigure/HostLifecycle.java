package io.yotposync.autoconfigure;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.SmartLifecycle;

/** Runs from each start of the host's context to its stop, and no more once the context is gone. */
abstract class HostLifecycle implements SmartLifecycle, DisposableBean {

    private final int phase;
    private volatile boolean running;
    private volatile boolean destroyed;

    /** @param phase lower ones are started before and stopped after */
    HostLifecycle(int phase) {
        this.phase = phase;
    }

    abstract void begin();

    abstract void end();

    /** A host that closes the context while it starts goes on starting what is in it. */
    @Override
    public final void start() {
        if (!destroyed) {
            begin();
            running = true;
        }
    }

    @Override
    public final void stop() {
        running = false;
        end();
    }

    @Override
    public final boolean isRunning() {
        return running;
    }

    @Override
    public final int getPhase() {
        return phase;
    }

    /** A context that is refreshed without being closed calls no {@link #stop}. */
    @Override
    public final void destroy() {
        destroyed = true;
        if (running) {
            stop();
        }
    }
}
