package io.yotposync.customer;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What the host knew about a customer at one moment: immutable, allow-listed, never a password or a payment.
 *
 * <p>Build one with {@link #of(String)}. Values are taken as they are; cleaning and judging them is the work of later
 * steps, so no value can make the saving thread fail but an id that is none.
 *
 * @param id the host's key of the customer, taken without blanks around it: 1 to 128 characters without control
 *     characters, or {@link IllegalArgumentException} is thrown; the ledger keeps one row per store and id
 * @param registered whether the customer has an account; a guest's id is never used as Yotpo's {@code external_id}
 * @param deactivated whether the account is switched off, sent as {@code account_status: disabled}
 * @param language a language tag or locale code ({@code de}, {@code de-AT}, {@code de_AT})
 * @param currency ISO 4217
 * @param sourceVersion orders states of one customer over all nodes: epoch milliseconds of the entity's last update,
 *     or 0 if the host has none (the second in which it was said to be saved is used then)
 * @param sites the host's names for the site the customer belongs to (all naming the same site); empty for the default
 * @param attributes the host's free-form attributes, of which configuration maps some and customizers see all
 * @param properties values read by configured bean property paths, by path
 * @param unread the paths among them whose values could not be read, not even that there are none
 * @param partial whether something could not be read, so that the catch-up should read the customer again
 */
public record CustomerSnapshot(
        String id,
        boolean registered,
        boolean deactivated,
        @Nullable String email,
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable String gender,
        @Nullable String language,
        @Nullable String currency,
        @Nullable Phone phone,
        @Nullable Address address,
        Consent emailMarketing,
        Consent smsMarketing,
        @Nullable Instant createdAt,
        @Nullable Instant updatedAt,
        long sourceVersion,
        Set<String> sites,
        Map<String, String> attributes,
        Map<String, String> properties,
        Set<String> unread,
        boolean partial) {

    /** The longest {@link #id()} that the ledger can key. */
    public static final int MAX_ID_LENGTH = 128;

    public CustomerSnapshot {
        id = requireNonNull(id, "id").strip();
        if (!isId(id)) {
            throw new IllegalArgumentException(
                    "id must have 1 to " + MAX_ID_LENGTH + " characters, none of them a control character");
        }
        sites = Set.copyOf(sites);
        attributes = inOrder(attributes);
        properties = inOrder(properties);
        unread = Set.copyOf(unread);
    }

    /** By name: a customizer that goes through them makes the same of equal customers, on every node. */
    private static Map<String, String> inOrder(Map<String, String> values) {
        if (values.size() < 2) {
            return Map.copyOf(values);
        }
        Map<String, String> sorted = new TreeMap<>();
        values.forEach((name, value) -> sorted.put(name, Objects.requireNonNull(value)));
        return Collections.unmodifiableMap(sorted);
    }

    /** Whether a customer can have this id; of another nobody need be asked, and a database may not take it. */
    public static boolean isId(String text) {
        String id = text.strip();
        return !id.isEmpty() && id.length() <= MAX_ID_LENGTH && isPlain(id);
    }

    /** What a log line or a database's text could not take is no key. */
    private static boolean isPlain(String id) {
        for (int i = 0; i < id.length(); i += Character.charCount(id.codePointAt(i))) {
            int c = id.codePointAt(i);
            if (Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE) {
                return false;
            }
        }
        return true;
    }

    /** Starts a snapshot of a registered customer about whom nothing else is known. */
    public static Builder of(String id) {
        return new Builder(id);
    }

    /** The same, ordered by the moment at which it was said to be saved if it has no version of its own. */
    public CustomerSnapshot saidAt(Instant moment) {
        return sourceVersion > 0 ? this : with(SourceVersions.untold(moment), sites);
    }

    /** The same of another site, by all the names that the host has for it. */
    public CustomerSnapshot at(Set<String> site) {
        return with(sourceVersion, site);
    }

    private CustomerSnapshot with(long version, Set<String> site) {
        return new CustomerSnapshot(
                id,
                registered,
                deactivated,
                email,
                firstName,
                lastName,
                gender,
                language,
                currency,
                phone,
                address,
                emailMarketing,
                smsMarketing,
                createdAt,
                updatedAt,
                version,
                site,
                attributes,
                properties,
                unread,
                partial);
    }

    /** Ids and flags only: no personal data. */
    @Override
    public String toString() {
        return "CustomerSnapshot[id=" + id + ", registered=" + registered + ", sites=" + sites + ", sourceVersion="
                + sourceVersion + ", partial=" + partial + "]";
    }

    /** Collects a snapshot's values; {@code null} everywhere means unknown. Not thread-safe. */
    public static final class Builder {
        private final String id;
        private boolean registered = true;
        private boolean deactivated;
        private @Nullable String email;
        private @Nullable String firstName;
        private @Nullable String lastName;
        private @Nullable String gender;
        private @Nullable String language;
        private @Nullable String currency;
        private @Nullable Phone phone;
        private @Nullable Address address;
        private Consent emailMarketing = Consent.UNKNOWN;
        private Consent smsMarketing = Consent.UNKNOWN;
        private @Nullable Instant createdAt;
        private @Nullable Instant updatedAt;
        private long sourceVersion;
        private Set<String> sites = Set.of();
        private Map<String, String> attributes = Map.of();
        private Map<String, String> properties = Map.of();
        private Set<String> unread = Set.of();
        private boolean partial;

        private Builder(String id) {
            this.id = id;
        }

        public Builder registered(boolean value) {
            registered = value;
            return this;
        }

        public Builder deactivated(boolean value) {
            deactivated = value;
            return this;
        }

        public Builder email(@Nullable String value) {
            email = value;
            return this;
        }

        public Builder name(@Nullable String first, @Nullable String last) {
            firstName = first;
            lastName = last;
            return this;
        }

        public Builder gender(@Nullable String value) {
            gender = value;
            return this;
        }

        public Builder language(@Nullable String value) {
            language = value;
            return this;
        }

        public Builder currency(@Nullable String value) {
            currency = value;
            return this;
        }

        public Builder phone(@Nullable Phone value) {
            phone = Phone.given(value);
            return this;
        }

        public Builder address(@Nullable Address value) {
            address = value;
            return this;
        }

        public Builder emailMarketing(@Nullable Consent value) {
            emailMarketing = value == null ? Consent.UNKNOWN : value;
            return this;
        }

        public Builder smsMarketing(@Nullable Consent value) {
            smsMarketing = value == null ? Consent.UNKNOWN : value;
            return this;
        }

        public Builder createdAt(@Nullable Instant value) {
            createdAt = value;
            return this;
        }

        /** Also the source version, unless {@link #sourceVersion(long)} is called afterwards. */
        public Builder updatedAt(@Nullable Instant value) {
            updatedAt = value;
            sourceVersion = value == null ? 0 : SourceVersions.of(value);
            return this;
        }

        public Builder sourceVersion(long epochMillis) {
            sourceVersion = epochMillis;
            return this;
        }

        public Builder site(@Nullable String value) {
            if (value != null && !value.isBlank()) {
                sites = sites.isEmpty() ? new LinkedHashSet<>() : sites;
                sites.add(value.strip());
            }
            return this;
        }

        public Builder attribute(@Nullable String name, @Nullable String value) {
            if (name != null && value != null) {
                attributes = attributes.isEmpty() ? new LinkedHashMap<>() : attributes;
                attributes.put(name, value);
            }
            return this;
        }

        public Builder property(@Nullable String path, @Nullable String value) {
            if (path != null && value != null) {
                properties = properties.isEmpty() ? new LinkedHashMap<>() : properties;
                properties.put(path, value);
            }
            return this;
        }

        /** Says that a path's value is out of reach; the snapshot should be {@link #partial(boolean)} then. */
        public Builder unread(String path) {
            unread = unread.isEmpty() ? new LinkedHashSet<>() : unread;
            unread.add(path);
            return this;
        }

        public Builder partial(boolean value) {
            partial = value;
            return this;
        }

        /** Applies further settings in one expression. */
        public Builder with(UnaryOperator<Builder> more) {
            return more.apply(this);
        }

        public CustomerSnapshot build() {
            return new CustomerSnapshot(
                    id,
                    registered,
                    deactivated,
                    email,
                    firstName,
                    lastName,
                    gender,
                    language,
                    currency,
                    phone,
                    address,
                    emailMarketing,
                    smsMarketing,
                    createdAt,
                    updatedAt,
                    sourceVersion,
                    sites,
                    attributes,
                    properties,
                    unread,
                    partial);
        }
    }
}
