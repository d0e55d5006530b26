package io.yotposync.payload;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One customer in Yotpo's words: only values that Yotpo takes, nothing that is {@code null} or empty, an address only
 * with its country. Immutable; may be empty of identifiers only if a customizer removed them.
 */
public final class CustomerPayload {

    private final Map<CustomerProperty, Object> properties;
    private final Map<AddressProperty, String> address;
    private final Map<String, Object> custom;
    private final boolean idLost;

    private CustomerPayload(Builder from) {
        properties = Collections.unmodifiableMap(from.properties);
        address = from.address.containsKey(AddressProperty.COUNTRY_CODE)
                ? Collections.unmodifiableMap(from.address)
                : Map.of();
        custom = from.custom.isEmpty() ? Map.of() : Collections.unmodifiableMap(from.custom);
        idLost = from.idLost;
    }

    public static Builder builder() {
        return new Builder();
    }

    public Map<CustomerProperty, Object> properties() {
        return properties;
    }

    public Map<AddressProperty, String> address() {
        return address;
    }

    /** Custom properties in the order of their keys. */
    public Map<String, Object> custom() {
        return custom;
    }

    /**
     * Whether the identifiers are a combination that Yotpo accepts, and none was lost: without an external id that was
     * replaced by a value that cannot be one, a registered customer would be another to Yotpo.
     */
    public boolean isIdentified() {
        if (idLost) {
            return false;
        }
        boolean email = properties.containsKey(CustomerProperty.EMAIL);
        boolean phone = properties.containsKey(CustomerProperty.PHONE_NUMBER);
        return properties.containsKey(CustomerProperty.EXTERNAL_ID) || email != phone;
    }

    /** Names of what is set, without values. */
    @Override
    public String toString() {
        return "CustomerPayload[" + properties.keySet() + ", address=" + address.keySet() + ", custom=" + custom.size()
                + "]";
    }

    /**
     * Collects a payload. Each value is cleaned as it is set: text to one visible line of the permitted length, codes to
     * their canonical form; what cannot be made valid is left out, as {@code null} is. Not thread-safe.
     */
    public static final class Builder {

        private Map<CustomerProperty, Object> properties = new EnumMap<>(CustomerProperty.class);
        private Map<AddressProperty, String> address = new EnumMap<>(AddressProperty.class);
        private Map<String, Object> custom = Map.of(); // rarely anything
        private boolean idLost;
        private boolean built;

        private Builder() {}

        /**
         * Sets a property, or removes it where the value is {@code null} or cannot be made valid. A payload whose external
         * id is removed by such a value, and not by {@code null}, is not sent.
         */
        public Builder set(CustomerProperty property, @Nullable Object value) {
            leaveBuilt();
            Object clean = property.clean(value);
            Object before = clean == null ? properties.remove(property) : properties.put(property, clean);
            if (property == CustomerProperty.EXTERNAL_ID) {
                idLost = clean == null && value != null && (before != null || idLost);
            }
            return this;
        }

        /** What is set so far, or {@code null}. */
        public @Nullable Object get(CustomerProperty property) {
            return properties.get(property);
        }

        public Builder address(AddressProperty property, @Nullable String value) {
            leaveBuilt();
            String clean = property.clean(value);
            if (clean == null) {
                address.remove(property);
            } else {
                address.put(property, clean);
            }
            return this;
        }

        public @Nullable String address(AddressProperty property) {
            return address.get(property);
        }

        public Builder withoutAddress() {
            leaveBuilt();
            address.clear();
            return this;
        }

        /**
         * Sets a custom property, which Yotpo has deprecated; sent only where {@code custom-properties} is on.
         *
         * @param key made of the letters a to z and A to Z, digits and underscores; anything else becomes an underscore, and
         *     a key of nothing else is left out
         * @param value a string, boolean, number, date or moment; anything else removes it
         */
        public Builder custom(String key, @Nullable Object value) {
            leaveBuilt();
            String cleanKey = Clean.key(key);
            if (cleanKey == null) {
                return this;
            }
            Object clean = Clean.primitive(value);
            if (clean == null) {
                ownCustom().remove(cleanKey);
            } else {
                ownCustom().put(cleanKey, clean);
            }
            return this;
        }

        public Builder withoutCustom() {
            custom = Map.of();
            return this;
        }

        public CustomerPayload build() {
            built = true;
            return new CustomerPayload(this);
        }

        /** What was built has the maps; whoever goes on works on copies. */
        private void leaveBuilt() {
            if (built) {
                properties = new EnumMap<>(properties);
                address = new EnumMap<>(address);
                custom = custom.isEmpty() ? Map.of() : new TreeMap<>(custom);
                built = false;
            }
        }

        private Map<String, Object> ownCustom() {
            custom = custom.isEmpty() ? new TreeMap<>() : custom;
            return custom;
        }
    }
}
