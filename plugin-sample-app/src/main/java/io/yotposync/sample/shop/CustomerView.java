package io.yotposync.sample.shop;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A customer as the page shows it, with its state in every store beside it. */
record CustomerView(
        String id,
        @Nullable String email,
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable String phone,
        @Nullable String locale,
        boolean receiveEmail,
        boolean deactivated,
        @Nullable AddressView address,
        Map<String, String> attributes,
        @Nullable Instant updatedAt,
        List<SyncState> stores) {

    record AddressView(
            @Nullable String line1,
            @Nullable String line2,
            @Nullable String city,
            @Nullable String postalCode,
            @Nullable String state,
            @Nullable String country,
            @Nullable String company) {}

    @Override
    public String toString() {
        return "CustomerView[id=" + id + "]";
    }
}
