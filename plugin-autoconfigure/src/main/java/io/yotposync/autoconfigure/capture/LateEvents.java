package io.yotposync.autoconfigure.capture;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.GenericApplicationListenerAdapter;

/**
 * Hears what is saved while the context is closed. Beans of ours go before those of the host's that were made earlier, such
 * as an executor that finishes its tasks, and a listener that is destroyed is told nothing more. A refresh destroys beans
 * too, and makes new ones: it is then that the context has another date.
 */
final class LateEvents implements SmartLifecycle, DisposableBean {

    private final ConfigurableApplicationContext context;
    private final Late late;
    private volatile boolean running;
    private volatile long stoppedWith = -1;

    /**
     * @param listener destroyed after this
     * @param inTransaction whether it has to hear on the thread that says it
     */
    LateEvents(ConfigurableApplicationContext context, ApplicationListener<?> listener, boolean inTransaction) {
        this.context = context;
        this.late = new Late(listener, inTransaction);
    }

    @Override
    public void start() {
        running = true;
        stoppedWith = -1;
    }

    @Override
    public void stop() {
        running = false;
        stoppedWith = context.getStartupDate();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** For a moment a save is heard twice, which is no other than one that changes nothing. */
    @Override
    public void destroy() {
        if (stoppedWith == context.getStartupDate()) {
            context.addApplicationListener(late);
        }
    }

    private static final class Late extends GenericApplicationListenerAdapter {

        private final boolean inTransaction;

        Late(ApplicationListener<?> listener, boolean inTransaction) {
            super(listener);
            this.inTransaction = inTransaction;
        }

        /** Of Spring 6.1 and later. */
        @SuppressWarnings({"MissingOverride", "EffectivelyPrivate", "UnusedMethod"})
        public boolean supportsAsyncExecution() {
            return !inTransaction;
        }
    }
}
