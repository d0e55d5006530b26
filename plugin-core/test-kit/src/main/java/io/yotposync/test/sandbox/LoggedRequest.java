package io.yotposync.test.sandbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One line of the sandbox's log; the external id is the only thing in it that names a customer. */
public record LoggedRequest(
        long number,
        Instant at,
        String method,
        String store,
        String resource,
        int status,
        @Nullable String externalId,
        @Nullable String note) {}
