package io.yotposync.broadleaf;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads parts of one entity that may be out of reach: lazy parts after the session closed, getters that an older
 * Broadleaf lacks. What cannot be read is {@code null}, and the reading is incomplete.
 */
final class Reading {

    private final boolean mayLoad;
    private boolean complete = true;

    /** @param mayLoad whether the entity's session is this thread's, so that a lazy part may be loaded */
    Reading(boolean mayLoad) {
        this.mayLoad = mayLoad;
    }

    /**
     * The same part, if it can be looked into from here. A session that another thread works with must not be made to
     * load anything.
     *
     * @throws IllegalStateException to be caught by {@link #read}
     */
    <T> @Nullable T reach(@Nullable T part) {
        if (!mayLoad && part != null && !LazyParts.isLoaded(part)) {
            throw new IllegalStateException("not loaded");
        }
        return part;
    }

    <T> @Nullable T read(Supplier<? extends @Nullable T> part) {
        return read(part, () -> {});
    }

    /** @param lost run if the part is out of reach */
    <T> @Nullable T read(Supplier<? extends @Nullable T> part, Runnable lost) {
        try {
            return part.get();
        } catch (RuntimeException outOfReach) {
            complete = false;
            lost.run();
            return null;
        } catch (LinkageError notInThisVersion) {
            return null;
        }
    }

    boolean isComplete() {
        return complete;
    }
}
