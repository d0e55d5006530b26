package io.yotposync;

import io.yotposync.customer.Address;
import io.yotposync.customer.Consent;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.customer.Phone;
import io.yotposync.identity.CustomerIdentifier;
import io.yotposync.identity.PhoneNumbers;
import io.yotposync.payload.CustomerPayloadCustomizer;
import io.yotposync.payload.PayloadMapper;
import io.yotposync.prepare.Preparation;
import io.yotposync.store.Credentials;
import io.yotposync.store.IdentifierSettings;
import io.yotposync.store.IdentifierSettings.Preference;
import io.yotposync.store.MappingSettings;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreSettings;
import io.yotposync.store.Stores;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Customers and stores to test with. */
public final class Samples {

    public static final Instant NOW = Instant.parse("2026-03-01T10:00:00.500Z");
    public static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    public static final StoreKey EU = new StoreKey("eu");

    private Samples() {}

    /** A customer of whom everything is known. */
    public static CustomerSnapshot.Builder full(String id) {
        return CustomerSnapshot.of(id)
                .email("a@example.com")
                .name("Ada", "Example")
                .gender("female")
                .language("de_AT")
                .currency("USD")
                .phone(new Phone("+44 7911 123456", null))
                .address(address("GB"))
                .emailMarketing(Consent.GRANTED)
                .smsMarketing(Consent.DENIED)
                .createdAt(Instant.parse("2025-01-02T03:04:05.678Z"))
                .updatedAt(Instant.parse("2026-02-03T04:05:06.789Z"));
    }

    public static Address address(@Nullable String country) {
        return new Address(
                "1 Example Street",
                "Flat 2",
                "Exampleton",
                "Example Ltd",
                "Exampleshire",
                "EX1 1EX",
                "GB-XY",
                country,
                new Phone("020 7946 0018", null));
    }

    public static StoreSettings store(String key) {
        return StoreSettings.of(new StoreKey(key), new Credentials(key + "-app-key", key + "-secret"));
    }

    public static IdentifierSettings identifiers(@Nullable String path, Preference prefer, boolean phone) {
        return new IdentifierSettings(path, prefer, phone);
    }

    public static MappingSettings codes(@Nullable String currency, @Nullable String language, @Nullable String region) {
        return new MappingSettings(currency, language, region, Map.of(), false, null, null, "1");
    }

    public static MappingSettings attributes(Map<String, String> attributes, boolean custom) {
        return new MappingSettings(null, null, null, attributes, custom, null, null, "1");
    }

    public static MappingSettings consents(@Nullable String email, @Nullable String sms) {
        return new MappingSettings(null, null, null, Map.of(), false, email, sms, "1");
    }

    public static MappingSettings version(String version) {
        return new MappingSettings(null, null, null, Map.of(), false, null, null, version);
    }

    public static Preparation preparation(Stores stores, CustomerPayloadCustomizer... customizers) {
        PhoneNumbers phones = PhoneNumbers.standard();
        return new Preparation(
                new CustomerIdentifier(phones), new PayloadMapper(stores, phones, List.of(customizers)), CLOCK);
    }
}
