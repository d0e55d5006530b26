package io.yotposync.broadleaf;

import org.broadleafcommerce.common.persistence.Status;

/**
 * Whether Broadleaf's admin has deleted an entity. Its row stays, and so does what the entity says of itself; only the
 * archived mark, which load-time weaving may have added to its class, tells of it.
 */
final class Archived {

    private Archived() {}

    /** Of a proxy what is behind it is asked: it is of the class that is mapped, whose subclass may have the mark. */
    static boolean is(Object entity, Reading reading) {
        Object reached = reading.reach(entity);
        return reached != null
                && LazyParts.unproxied(reached) instanceof Status status
                && Character.valueOf('Y').equals(status.getArchived());
    }
}
