package io.yotposync.autoconfigure.capture;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.GenericApplicationListenerAdapter;

/**
 * Hears what is saved while the context is closed. Beans of ours go before those of the host's that were made earlier, such
 * as an executor that finishes its tasks, and a listener that is destroyed is told nothing more. A refresh destroys beans
 * too, without a stop, and makes new ones.
 */
final class LateEvents implements SmartLifecycle, DisposableBean {

    private final ConfigurableApplicationContext context;
    private final ApplicationListener<?> listener;
    private volatile boolean running;
    private volatile boolean stopped;

    /** @param listener destroyed after this */
    LateEvents(ConfigurableApplicationContext context, ApplicationListener<?> listener) {
        this.context = context;
        this.listener = listener;
    }

    @Override
    public void start() {
        running = true;
        stopped = false;
    }

    @Override
    public void stop() {
        running = false;
        stopped = true;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** For a moment a save is heard twice, which is no other than one that changes nothing. */
    @Override
    public void destroy() {
        if (stopped) {
            context.addApplicationListener(new Late(listener));
        }
    }

    private static final class Late extends GenericApplicationListenerAdapter {

        private final boolean inTransaction;

        Late(ApplicationListener<?> listener) {
            super(listener);
            inTransaction = listener instanceof CustomerSavedListener;
        }

        /** Of Spring 6.1 and later. */
        @SuppressWarnings({"MissingOverride", "EffectivelyPrivate", "UnusedMethod"})
        public boolean supportsAsyncExecution() {
            return !inTransaction;
        }
    }
}
