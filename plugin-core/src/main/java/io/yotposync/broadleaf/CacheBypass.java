package io.yotposync.broadleaf;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Reads past the caches that entity managers share. What lies there may be older than its row, for no cluster need keep
 * such caches in step; and what a scan reads is to drive nothing out of them that shoppers need.
 *
 * <p>By names that {@code javax} and {@code jakarta} have in common. A transaction that has not bound an entity manager
 * when it begins, as those of JTA, reads as the host does.
 */
final class CacheBypass {

    private static final String HOLDER = "org.springframework.orm.jpa.EntityManagerHolder";

    private CacheBypass() {}

    /**
     * Runs the work, on the thread and in the transaction that it is called in. An entity manager that outlives the
     * transaction reads as before afterwards.
     */
    static void during(Runnable work) {
        List<Runnable> restore = new ArrayList<>();
        try {
            for (Object resource :
                    TransactionSynchronizationManager.getResourceMap().values()) {
                if (isHolder(resource)) {
                    bypass(resource, restore);
                }
            }
            work.run();
        } finally {
            restore.forEach(Runnable::run);
        }
    }

    /** Hibernate's own is one too. */
    private static boolean isHolder(Object resource) {
        return Ancestors.of(resource.getClass()).anyMatch(each -> each.getName().equals(HOLDER));
    }

    private static void bypass(Object holder, List<Runnable> restore) {
        try {
            of(holder.getClass().getMethod("getEntityManager").invoke(holder), restore);
        } catch (ReflectiveOperationException | LinkageError another) {
            return; // one that we do not know, which reads as the host does
        }
    }

    /** @param restore gets what makes the entity manager read as before */
    static void of(Object manager, List<Runnable> restore) throws ReflectiveOperationException {
        for (String jpa : List.of("jakarta", "javax")) {
            Optional<Class<?>> face = LazyParts.implemented(manager.getClass(), jpa + ".persistence.EntityManager");
            if (face.isPresent()) {
                bypass(manager, face.get(), "Retrieve", restore);
                bypass(manager, face.get(), "Store", restore);
            }
        }
    }

    private static void bypass(Object manager, Class<?> face, String what, List<Runnable> restore)
            throws ReflectiveOperationException {
        Class<?> mode = Class.forName(face.getPackageName() + ".Cache" + what + "Mode", false, face.getClassLoader());
        String name = face.getPackageName() + ".cache." + what.toLowerCase(Locale.ROOT) + "Mode";
        Object before = ((Map<?, ?>) face.getMethod("getProperties").invoke(manager)).get(name);
        Object usual = before == null ? mode.getField("USE").get(null) : before;
        restore.add(() -> {
            try {
                set(manager, face, name, usual);
            } catch (ReflectiveOperationException closed) {
                return; // nobody reads with it any more
            }
        });
        set(manager, face, name, mode.getField("BYPASS").get(null));
    }

    private static void set(Object manager, Class<?> face, String name, Object mode)
            throws ReflectiveOperationException {
        face.getMethod("setProperty", String.class, Object.class).invoke(manager, name, mode);
    }
}
