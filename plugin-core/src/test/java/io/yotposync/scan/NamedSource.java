package io.yotposync.scan;

import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.source.CustomerSource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Has customers of these ids in this order, whether they can be ids or not. */
record NamedSource(List<String> ids) implements CustomerSource {

    @Override
    public List<String> idsAfter(@Nullable String after, int max) {
        return ids.stream()
                .skip(after == null ? 0 : ids.indexOf(after) + 1)
                .limit(max)
                .toList();
    }

    @Override
    public List<String> idsChangedSince(Instant since, @Nullable String after, int max) {
        return List.of();
    }

    @Override
    public Optional<CustomerSnapshot> find(String id) {
        return Optional.of(CustomerSnapshot.of(id).email(id + "@example.com").build());
    }
}
