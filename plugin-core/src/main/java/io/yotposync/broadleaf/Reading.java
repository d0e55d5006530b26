package io.yotposync.broadleaf;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads parts of one entity that may be out of reach: lazy parts after the session closed, getters that an older
 * Broadleaf lacks. What cannot be read is {@code null}, and the reading is incomplete.
 */
final class Reading {

    private boolean complete = true;

    <T> @Nullable T read(Supplier<? extends @Nullable T> part) {
        try {
            return part.get();
        } catch (RuntimeException outOfReach) {
            complete = false;
            return null;
        } catch (LinkageError notInThisVersion) {
            return null;
        }
    }

    boolean isComplete() {
        return complete;
    }
}
