package io.yotposync.autoconfigure.capture;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.GenericApplicationListenerAdapter;

/**
 * Hears what is saved while the context is destroyed. Beans of ours go before those of the host's that were made earlier,
 * such as an executor that finishes its tasks, and a listener that is destroyed is told nothing more.
 */
final class LateEvents implements DisposableBean {

    private final ConfigurableApplicationContext context;
    private final ApplicationListener<?> listener;

    /** @param listener destroyed after this */
    LateEvents(ConfigurableApplicationContext context, ApplicationListener<?> listener) {
        this.context = context;
        this.listener = listener;
    }

    /** For a moment a save is heard twice, which is no other than one that changes nothing. */
    @Override
    public void destroy() {
        context.addApplicationListener(new GenericApplicationListenerAdapter(listener));
    }
}
