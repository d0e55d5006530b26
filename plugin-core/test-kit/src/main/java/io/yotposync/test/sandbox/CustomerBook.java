package io.yotposync.test.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The customers of one store; not thread-safe. */
final class CustomerBook {

    private static final List<String> IDENTIFIERS = List.of("external_id", "email", "phone_number");

    private final Duration visibilityDelay;
    private final TreeMap<Long, Profile> profiles = new TreeMap<>();
    private final Map<String, Profile> byIdentifier = new HashMap<>();
    private long lastNumber;
    private long accepted;

    CustomerBook(Duration visibilityDelay) {
        this.visibilityDelay = visibilityDelay;
    }

    int size() {
        return profiles.size();
    }

    /** Merges a customer into what is held; returns whether that changed anything. */
    boolean upsert(JsonNode customer, Instant now) {
        Profile profile = byIdentifier.get(key(customer));
        if (profile == null) {
            profile = new Profile(++lastNumber);
            profiles.put(profile.number, profile);
        }
        profile.order = ++accepted;
        boolean changed = profile.accept(merge(profile.latest(), customer), now, visibilityDelay);
        for (String name : IDENTIFIERS) {
            if (profile.latest().hasNonNull(name)) {
                byIdentifier.putIfAbsent(key(name, profile.latest()), profile);
            }
        }
        return changed;
    }

    /** What a look-up shows now, in the order of creation, behind the given number. */
    Stream<Map.Entry<Long, JsonNode>> visible(long after, Predicate<JsonNode> filter, Instant now) {
        return profiles.tailMap(after, false).values().stream().flatMap(profile -> {
            ObjectNode customer = profile.visible(now);
            return customer == null || !filter.test(customer)
                    ? Stream.empty()
                    : Stream.of(Map.entry(profile.number, (JsonNode) withNulls(customer)));
        });
    }

    /** All that is held, visible or not, the last accepted first. */
    Stream<HeldCustomer> held() {
        return profiles.values().stream()
                .sorted(Comparator.comparingLong((Profile profile) -> profile.order)
                        .reversed())
                .map(Profile::held);
    }

    @Nullable
    HeldCustomer find(String externalId) {
        Profile profile = byIdentifier.get("external_id " + externalId);
        return profile == null ? null : profile.held();
    }

    void clear() {
        profiles.clear();
        byIdentifier.clear();
    }

    private static String key(JsonNode customer) {
        return IDENTIFIERS.stream()
                .filter(customer::hasNonNull)
                .findFirst()
                .map(name -> key(name, customer))
                .orElseThrow();
    }

    private static String key(String name, JsonNode customer) {
        String value = customer.path(name).asText();
        return name + " " + (name.equals("email") ? value.toLowerCase(Locale.ROOT) : value);
    }

    private static ObjectNode merge(ObjectNode held, JsonNode sent) {
        ObjectNode merged = held.deepCopy();
        for (Iterator<String> names = sent.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            JsonNode value = Objects.requireNonNull(sent.get(name));
            if (value.isNull()) {
                continue;
            }
            merged.set(name, name.equals("address") ? address(value) : value.deepCopy());
        }
        return merged;
    }

    /** Yotpo's trap: an address without a country is an American one. */
    private static JsonNode address(JsonNode sent) {
        ObjectNode address = sent.deepCopy();
        if (!address.hasNonNull("country_code")) {
            address.put("country_code", "US");
        }
        return address;
    }

    private static ObjectNode withNulls(ObjectNode customer) {
        ObjectNode all = Json.MAPPER.createObjectNode();
        CustomerContract.properties().forEach(name -> all.set(name, customer.get(name)));
        return all;
    }

    /** One customer and the states of it that are not visible yet. */
    private static final class Profile {
        private final long number;
        private final Deque<State> states = new ArrayDeque<>();
        private long upserts;
        private long order;

        Profile(long number) {
            this.number = number;
        }

        ObjectNode latest() {
            State last = states.peekLast();
            return last == null ? Json.MAPPER.createObjectNode() : last.customer;
        }

        boolean accept(ObjectNode merged, Instant now, Duration delay) {
            boolean changed = states.isEmpty() || !latest().equals(merged);
            upserts++;
            states.addLast(new State(merged, now, now.plus(delay)));
            visible(now);
            return changed;
        }

        /** Forgets what a visible state has replaced. */
        @Nullable
        ObjectNode visible(Instant now) {
            State shown = null;
            while (!states.isEmpty() && !states.getFirst().visibleAt.isAfter(now)) {
                shown = states.removeFirst();
            }
            if (shown == null) {
                return null;
            }
            states.addFirst(shown);
            return shown.customer;
        }

        HeldCustomer held() {
            State last = states.getLast();
            return new HeldCustomer(last.customer, upserts, last.acceptedAt, last.visibleAt);
        }
    }

    private record State(ObjectNode customer, Instant acceptedAt, Instant visibleAt) {}
}
