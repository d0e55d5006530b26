package shop;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A shop's own customer. */
record Customer(
        String id,
        @Nullable String email,
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable Boolean newsletter,
        @Nullable Instant updatedAt) {}
