package io.yotposync.autoconfigure.capture;

import io.yotposync.capture.HibernateCapture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.util.ClassUtils;

/** Has the host's entity manager factories listened to, once they are all there and before the host takes requests. */
final class CaptureOfPersistence implements SmartInitializingSingleton {

    private static final Logger LOG = LoggerFactory.getLogger("io.yotposync");
    private static final String[] FACTORIES = {
        "jakarta.persistence.EntityManagerFactory", "javax.persistence.EntityManagerFactory"
    };

    private final HibernateCapture capture;
    private final ListableBeanFactory beans;

    CaptureOfPersistence(HibernateCapture capture, ListableBeanFactory beans) {
        this.capture = capture;
        this.beans = beans;
    }

    @Override
    public void afterSingletonsInstantiated() {
        int listening = 0;
        for (String name : FACTORIES) {
            Class<?> type = find(name);
            if (type != null) {
                listening += listenTo(type);
            }
        }
        if (listening == 0) {
            LOG.warn("Yotpo sync: yotpo.sync.outbox.capture is atomic, but no EntityManagerFactory maps customers;"
                    + " their events are handed over after the commit");
        }
    }

    private int listenTo(Class<?> type) {
        int listening = 0;
        for (Object factory :
                BeanFactoryUtils.beansOfTypeIncludingAncestors(beans, type).values()) {
            listening += capture.listenTo(factory, type) ? 1 : 0;
        }
        return listening;
    }

    private static @Nullable Class<?> find(String name) {
        try {
            return ClassUtils.forName(name, CaptureOfPersistence.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError absent) {
            return null;
        }
    }
}
