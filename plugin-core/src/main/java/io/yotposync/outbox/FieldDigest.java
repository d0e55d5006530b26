package io.yotposync.outbox;

import org.jspecify.annotations.Nullable;

/**
 * Says in at most 250 characters, without personal data, which fields a sent payload had, as
 * {@link io.yotposync.payload.FieldPrints} does: what nothing is said of, scans cannot compare and erasure cannot tell Yotpo
 * of. Called on the plugin's own threads when a send is acknowledged; thread-safe, without I/O, never throws.
 */
@FunctionalInterface
public interface FieldDigest {

    /**
     * {@code null} if nothing can be said.
     *
     * @param before what was said of the state that was acknowledged before, {@code null} if nothing was
     */
    @Nullable
    String of(Claim claim, @Nullable String before);

    /** Says nothing. */
    static FieldDigest none() {
        return (claim, before) -> null;
    }
}
