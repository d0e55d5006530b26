package io.yotposync.payload;

import io.yotposync.customer.Address;
import io.yotposync.customer.Consent;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.customer.Phone;
import io.yotposync.identity.Identified;
import io.yotposync.identity.PhoneNumbers;
import io.yotposync.store.InvalidSettingException;
import io.yotposync.store.MappingSettings;
import io.yotposync.store.StoreKey;
import io.yotposync.store.StoreSettings;
import io.yotposync.store.Stores;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Fills a store's payload from a customer. Stateless between calls; any thread. */
public final class PayloadMapper {

    private final PhoneNumbers phones;
    private final List<CustomerPayloadCustomizer> customizers;
    private final Map<StoreKey, Map<String, AttributeTarget>> attributeTargets = new HashMap<>();
    private final PayloadJson json = new PayloadJson();

    /** @throws InvalidSettingException if an attribute is mapped to what is no Yotpo property */
    public PayloadMapper(
            Stores stores, PhoneNumbers phones, Collection<? extends CustomerPayloadCustomizer> customizers) {
        this.phones = phones;
        this.customizers = List.copyOf(customizers);
        stores.all().forEach(store -> {
            try {
                attributeTargets.put(store.key(), targets(store.mapping()));
            } catch (InvalidSettingException wrong) {
                throw wrong.under("stores." + store.key());
            }
        });
    }

    /** @throws InvalidSettingException if an attribute is mapped to what is no Yotpo property */
    public static void requireUsable(MappingSettings mapping) {
        targets(mapping);
    }

    private static Map<String, AttributeTarget> targets(MappingSettings mapping) {
        Map<String, AttributeTarget> targets = new TreeMap<>();
        mapping.attributes().forEach((name, to) -> targets.put(name, AttributeTarget.parse(name, to)));
        return targets;
    }

    /** Maps, lets the customizers speak, and returns what came out. Throws what a customizer throws. */
    public CustomerPayload map(CustomerSnapshot customer, Identified identity, StoreSettings store) {
        MappingSettings mapping = store.mapping();
        CustomerPayload.Builder payload = CustomerPayload.builder()
                .set(CustomerProperty.EXTERNAL_ID, identity.externalId())
                .set(CustomerProperty.EMAIL, identity.email())
                .set(CustomerProperty.PHONE_NUMBER, identity.phoneNumber())
                .set(CustomerProperty.FIRST_NAME, customer.firstName())
                .set(CustomerProperty.LAST_NAME, customer.lastName())
                .set(CustomerProperty.GENDER, customer.gender())
                .set(CustomerProperty.DEFAULT_LANGUAGE, customer.language())
                .set(CustomerProperty.DEFAULT_CURRENCY, mapping.defaultCurrency())
                .set(
                        CustomerProperty.ACCEPTS_EMAIL_MARKETING,
                        consent(customer, mapping.emailConsent(), customer.emailMarketing()))
                .set(
                        CustomerProperty.ACCEPTS_SMS_MARKETING,
                        consent(customer, mapping.smsConsent(), customer.smsMarketing()));
        if (payload.get(CustomerProperty.DEFAULT_LANGUAGE) == null) {
            payload.set(CustomerProperty.DEFAULT_LANGUAGE, mapping.defaultLanguage());
        }
        if (payload.get(CustomerProperty.DEFAULT_CURRENCY) == null) {
            payload.set(CustomerProperty.DEFAULT_CURRENCY, customer.currency());
        }
        account(payload, customer);
        address(payload, customer.address());
        attributes(payload, customer, store);
        customizers.forEach(customizer -> customizer.customize(payload, customer, store.key()));
        deprecated(payload, store);
        return payload.build();
    }

    /** What Yotpo has deprecated is sent only where a setting says so, whoever filled it. */
    private static void deprecated(CustomerPayload.Builder payload, StoreSettings store) {
        if (!store.mapping().customProperties()) {
            payload.withoutCustom();
        }
        if (!store.identifier().phoneNumber()) {
            payload.set(CustomerProperty.PHONE_NUMBER, null);
        }
    }

    /** Writes a payload as it is sent, with its fingerprint. */
    public RenderedPayload render(CustomerPayload payload, StoreSettings store) {
        PayloadJson.Written written = json.write(
                payload,
                store.key().value(),
                store.credentials().appKey(),
                store.mapping().version());
        return new RenderedPayload(written.body(), written.fingerprint(), contact(payload, store));
    }

    private static @Nullable Contact contact(CustomerPayload payload, StoreSettings store) {
        Object email = payload.properties().get(CustomerProperty.EMAIL);
        Object contact = email != null ? email : payload.properties().get(CustomerProperty.PHONE_NUMBER);
        if (contact == null) {
            return null;
        }
        return new Contact(
                () -> Fingerprint.of(
                        store.key().value(),
                        store.credentials().appKey(),
                        contact.toString().toLowerCase(Locale.ROOT)),
                !payload.properties().containsKey(CustomerProperty.EXTERNAL_ID));
    }

    /** A guest has no account whose dates or status could be told. */
    private static void account(CustomerPayload.Builder payload, CustomerSnapshot customer) {
        if (customer.registered()) {
            payload.set(CustomerProperty.ACCOUNT_CREATED_AT, customer.createdAt())
                    .set(CustomerProperty.ACCOUNT_UPDATED_AT, customer.updatedAt())
                    .set(CustomerProperty.ACCOUNT_STATUS, customer.deactivated() ? "disabled" : "enabled");
        } else if (customer.deactivated()) {
            payload.set(CustomerProperty.ACCOUNT_STATUS, "disabled");
        }
    }

    private void address(CustomerPayload.Builder payload, @Nullable Address from) {
        if (from == null) {
            return;
        }
        payload.address(AddressProperty.COUNTRY_CODE, from.country())
                .address(AddressProperty.ADDRESS1, from.line1())
                .address(AddressProperty.ADDRESS2, from.line2())
                .address(AddressProperty.CITY, from.city())
                .address(AddressProperty.COMPANY, from.company())
                .address(AddressProperty.STATE, from.state())
                .address(AddressProperty.ZIP, from.zip())
                .address(AddressProperty.PROVINCE_CODE, from.provinceCode());
        String country = payload.address(AddressProperty.COUNTRY_CODE); // without one, a customizer may know it
        Phone phone = from.phone();
        if (phone != null && country != null) {
            payload.address(AddressProperty.PHONE_NUMBER, phones.e164(phone, country));
        }
    }

    private void attributes(CustomerPayload.Builder payload, CustomerSnapshot customer, StoreSettings store) {
        Map<String, AttributeTarget> targets = attributeTargets.getOrDefault(store.key(), Map.of());
        if (targets.isEmpty()) {
            return;
        }
        List<String> tags = new ArrayList<>();
        targets.forEach((name, target) -> {
            String value = customer.attributes().get(name);
            if (value == null || value.isBlank()) {
                return;
            }
            if (target.property() == CustomerProperty.TAGS) {
                tags.add(value);
            } else if (target.property() != null) {
                setIfUsable(payload, target.property(), value);
            } else if (target.customKey() != null) {
                payload.custom(target.customKey(), value);
            }
        });
        if (!tags.isEmpty()) {
            payload.set(CustomerProperty.TAGS, String.join(",", tags));
        }
    }

    /** What cannot be read takes nothing away that is known otherwise, but for a consent: it may be a refusal. */
    private static void setIfUsable(CustomerPayload.Builder payload, CustomerProperty property, String value) {
        Object clean = property.clean(value);
        if (clean != null || FieldPrints.CONSENT.contains(property.wireName())) {
            payload.set(property, clean);
        }
    }

    /** An empty path has no value: nothing is told then. */
    private static @Nullable Boolean consent(CustomerSnapshot customer, @Nullable String path, Consent own) {
        return (path == null ? own : Consent.parse(customer.properties().get(path))).choice();
    }
}
