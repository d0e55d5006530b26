package io.yotposync;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Ticker;
import io.yotposync.customer.Address;
import io.yotposync.customer.Consent;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.customer.Phone;
import io.yotposync.outbox.Desired;
import io.yotposync.outbox.Origin;
import io.yotposync.prepare.Prepared;
import io.yotposync.recent.RecentSettings;
import io.yotposync.recent.RecentUpserts;
import io.yotposync.store.IdentifierSettings.Preference;
import io.yotposync.store.MappingSettings;
import io.yotposync.store.StoreSettings;
import io.yotposync.store.StoreStates;
import io.yotposync.store.StoreSwitch;
import io.yotposync.store.Stores;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** Whatever a host puts into a customer, what is sent keeps Yotpo's rules and the host is not harmed. */
class AnySnapshotTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> ADDRESS_LONG = Set.of("address1", "address2", "city", "company");
    private static final Map<String, String> ATTRIBUTES = Map.of(
            "a", "tags",
            "b", "gender",
            "c", "accepts_sms_marketing",
            "d", "custom_properties.some key",
            "e", "account_created_at");

    @Property(tries = 200)
    void theBodyParsesBackAndKeepsTheRules(
            @ForAll("snapshots") CustomerSnapshot customer, @ForAll("stores") StoreSettings store) throws IOException {
        Desired desired = desired(customer, store);
        if (desired == null) {
            return;
        }

        JsonNode body = JSON.readTree(desired.payload());

        assertThat(body.fieldNames()).toIterable().containsExactly("customer");
        JsonNode sent = body.get("customer");
        identifiers(sent, customer, store);
        nothingEmpty(sent);
        lengths(sent);
        address(sent.get("address"));
        assertThat(new String(desired.payload().getBytes(UTF_8), UTF_8))
                .as("survives UTF-8")
                .isEqualTo(desired.payload());
        if (!store.mapping().customProperties()) {
            assertThat(sent.has("custom_properties")).isFalse();
        }
    }

    @Property(tries = 100)
    void theSameCustomerHasTheSameBodyAndFingerprint(
            @ForAll("snapshots") CustomerSnapshot customer, @ForAll("stores") StoreSettings store) {
        assertThat(desired(customer, store)).isEqualTo(desired(customer, store));
    }

    @Property(tries = 100)
    void acceptNeverThrows(@ForAll("snapshots") CustomerSnapshot customer, @ForAll("stores") StoreSettings store) {
        Stores stores = new Stores(List.of(store, Samples.store("other").withSite(StoreSettings.EVERY_SITE)));
        RecordingHandOver outbox = new RecordingHandOver();
        RecordingListener listener = new RecordingListener();

        CustomerSync sync = new CustomerSync(
                new StoreSwitch(stores, StoreStates.inMemory()),
                Samples.preparation(stores),
                new RecentUpserts(RecentSettings.DEFAULTS, false, Ticker.systemTicker()),
                outbox,
                listener);
        sync.accept(customer);

        assertThat(listener.heard()).as("each store's end is told").hasSize(2);
        assertThat(listener.heard()).noneMatch(line -> line.startsWith("FAILED"));
    }

    private static @Nullable Desired desired(CustomerSnapshot customer, StoreSettings store) {
        Prepared prepared = Samples.preparation(new Stores(List.of(store))).prepare(customer, store, Origin.LIVE);
        return prepared instanceof Prepared.Ready ready ? ready.desired() : null;
    }

    private static void identifiers(JsonNode sent, CustomerSnapshot customer, StoreSettings store) {
        boolean external = sent.has("external_id");
        assertThat(external || sent.has("email") != sent.has("phone_number"))
                .as("identifiers")
                .isTrue();
        assertThat(external && !customer.registered())
                .as("external id of a guest")
                .isFalse();
        assertThat(sent.has("phone_number") && !store.identifier().phoneNumber())
                .as("phone without setting")
                .isFalse();
        if (sent.has("phone_number")) {
            assertThat(sent.get("phone_number").textValue()).matches("\\+[1-9][0-9]{4,14}");
        }
    }

    private static void nothingEmpty(JsonNode node) {
        assertThat(node.isNull()).isFalse();
        assertThat(node.isContainerNode() && node.isEmpty()).as("empty object").isFalse();
        assertThat(node.isTextual() && node.textValue().isBlank())
                .as("empty text")
                .isFalse();
        node.forEach(AnySnapshotTest::nothingEmpty);
    }

    private static void lengths(JsonNode sent) {
        sent.fieldNames().forEachRemaining(name -> {
            JsonNode value = sent.get(name);
            if (value.isTextual()) {
                assertThat(value.textValue().length()).as(name).isLessThanOrEqualTo(name.equals("tags") ? 5000 : 255);
                assertThat(value.textValue().codePoints())
                        .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE);
            }
        });
        if (sent.has("custom_properties")) {
            assertThat(sent.get("custom_properties").fieldNames())
                    .toIterable()
                    .allMatch(key -> key.matches("[\\p{L}\\p{N}_]+"));
        }
    }

    private static void address(@Nullable JsonNode address) {
        if (address == null) {
            return;
        }
        assertThat(address.path("country_code").textValue()).matches("[A-Z]{2}");
        address.fieldNames()
                .forEachRemaining(
                        name -> assertThat(address.get(name).textValue().length())
                                .as(name)
                                .isLessThanOrEqualTo(ADDRESS_LONG.contains(name) ? 255 : 64));
        if (address.has("province_code")) {
            assertThat(address.get("province_code").textValue()).matches("[A-Z]{2}");
        }
    }

    @Provide
    Arbitrary<CustomerSnapshot> snapshots() {
        Arbitrary<@Nullable String> text = texts().injectNull(0.2);
        Arbitrary<CustomerSnapshot.Builder> who = Combinators.combine(
                        ids(), Arbitraries.of(true, false), emails().injectNull(0.3), text, text, text)
                .as((id, registered, email, first, last, gender) -> CustomerSnapshot.of(id)
                        .registered(registered)
                        .email(email)
                        .name(first, last)
                        .gender(gender));
        Arbitrary<CustomerSnapshot.Builder> how = Combinators.combine(
                        who,
                        phones().injectNull(0.3),
                        addresses().injectNull(0.3),
                        text,
                        text,
                        Arbitraries.of(Consent.class),
                        Arbitraries.of(Consent.class),
                        moments().injectNull(0.3))
                .as((snapshot, phone, address, language, currency, email, sms, moment) -> snapshot.phone(phone)
                        .address(address)
                        .language(language)
                        .currency(currency)
                        .emailMarketing(email)
                        .smsMarketing(sms)
                        .createdAt(moment)
                        .updatedAt(moment));
        Arbitrary<Map<String, String>> attributes = Arbitraries.maps(Arbitraries.of("a", "b", "c", "d", "e"), texts())
                .ofMaxSize(5);
        return Combinators.combine(how, attributes, texts(), Arbitraries.longs())
                .as((snapshot, map, property, version) -> {
                    map.forEach(snapshot::attribute);
                    return snapshot.property("code", property)
                            .property("asked", property)
                            .sourceVersion(version)
                            .build();
                });
    }

    @Provide
    Arbitrary<StoreSettings> stores() {
        return Combinators.combine(
                        Arbitraries.of("id", "code", ""),
                        Arbitraries.of(Preference.class),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false),
                        Arbitraries.of("GB", "US", "DE").injectNull(0.3))
                .as((path, prefer, phone, custom, region) -> Samples.store("default")
                        .withIdentifier(Samples.identifiers(path, prefer, phone))
                        .withMapping(new MappingSettings(
                                null, "en", region, ATTRIBUTES, custom, phone ? "asked" : null, null, "1")));
    }

    private static Arbitrary<String> ids() {
        return Arbitraries.strings()
                .all()
                .ofMinLength(1)
                .ofMaxLength(CustomerSnapshot.MAX_ID_LENGTH)
                .filter(id -> !id.isBlank()
                        && id.codePoints()
                                .noneMatch(
                                        c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE));
    }

    /** Of every kind: any UTF-16, lone surrogates and controls included; sensible words; very long ones. */
    private static Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.strings().all().ofMaxLength(300),
                Arbitraries.strings()
                        .withChars('\uD83D', '\uDE00', ' ', '\u200B', '\u0000', 'a', ',', '"')
                        .ofMaxLength(20),
                Arbitraries.of(
                        "F",
                        "true",
                        "FALSE",
                        "de_AT",
                        "EUR",
                        "vip,new",
                        "2026-01-01T00:00:00Z",
                        "",
                        "\u00A0",
                        "\n\t",
                        "\uFEFF",
                        "null"),
                Arbitraries.of("x", "\uD83D\uDE00", "\uD83D", "tag,").map(part -> part.repeat(10_000)));
    }

    private static Arbitrary<String> emails() {
        return Arbitraries.oneOf(
                Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(80).map(name -> name + "@example.com"),
                texts());
    }

    private static Arbitrary<Phone> phones() {
        Arbitrary<String> numbers = Arbitraries.oneOf(
                Arbitraries.of("+447911123456", "07911 123456", "+1 202 555 0123", "(202) 555-0123", "+4930123456"),
                Arbitraries.strings().numeric().ofMaxLength(20),
                texts());
        return Combinators.combine(
                        numbers,
                        Arbitraries.oneOf(Arbitraries.of("GB", "44", "+1", "us"), texts())
                                .injectNull(0.4))
                .as(Phone::new);
    }

    private static Arbitrary<Address> addresses() {
        Arbitrary<@Nullable String> text = texts().injectNull(0.3);
        Arbitrary<@Nullable String> country = Arbitraries.oneOf(Arbitraries.of("GB", "us", "UK", " DE "), texts())
                .injectNull(0.2);
        Arbitrary<@Nullable String> province = Arbitraries.oneOf(Arbitraries.of("US-NY", "ny", "GB-LND"), texts())
                .injectNull(0.3);
        return Combinators.combine(text, text, text, text, province, country, phones().injectNull(0.5))
                .as((line, city, company, state, code, alpha2, phone) ->
                        new Address(line, line, city, company, state, state, code, alpha2, phone));
    }

    private static Arbitrary<Instant> moments() {
        return Arbitraries.oneOf(
                Arbitraries.of(Instant.MIN, Instant.MAX, Instant.EPOCH, Samples.NOW),
                Arbitraries.longs().map(Instant::ofEpochMilli));
    }
}
