package io.yotposync.identity;

import io.yotposync.customer.Address;
import io.yotposync.customer.CustomerSnapshot;
import io.yotposync.customer.IsoCodes;
import io.yotposync.identity.NotIdentifiable.Reason;
import io.yotposync.store.IdentifierSettings;
import io.yotposync.store.IdentifierSettings.Preference;
import io.yotposync.store.StoreSettings;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the identifiers by which Yotpo will know a customer.
 *
 * <p>Source of the rules: Yotpo's page on "create or update customer". A unique, stable {@code external_id} if there is
 * one; a guest's id is thrown away with the cart, so guests have none. Otherwise exactly one of {@code email} and
 * {@code phone_number}. What is malformed is left out rather than sent.
 */
public final class CustomerIdentifier {

    private final PhoneNumbers phones;

    public CustomerIdentifier(PhoneNumbers phones) {
        this.phones = phones;
    }

    /** Never throws; any thread. */
    public Identity identify(CustomerSnapshot customer, StoreSettings store) {
        IdentifierSettings settings = store.identifier();
        String path = settings.externalId();
        if (path != null && customer.registered() && customer.unread().contains(path)) {
            return new NotIdentifiable(Reason.UNREADABLE); // by e-mail alone it would be another customer to Yotpo
        }
        String externalId = externalId(customer, settings);
        String email = EmailAddresses.plausible(customer.email());
        String phone = settings.phoneNumber() ? phone(customer, store) : null;
        if (externalId != null) {
            return new Identified(externalId, email, phone);
        }
        if (email != null && phone != null) {
            return settings.prefer() == Preference.PHONE
                    ? new Identified(null, null, phone)
                    : new Identified(null, email, null);
        }
        if (email != null || phone != null) {
            return new Identified(null, email, phone);
        }
        return new NotIdentifiable(reason(customer, settings));
    }

    private static @Nullable String externalId(CustomerSnapshot customer, IdentifierSettings settings) {
        String path = settings.externalId();
        if (path == null || !customer.registered()) {
            return null;
        }
        String value = path.equals(IdentifierSettings.ID)
                ? customer.id()
                : customer.properties().get(path);
        return ExternalIds.usable(value);
    }

    private @Nullable String phone(CustomerSnapshot customer, StoreSettings store) {
        if (customer.phone() == null) {
            return null;
        }
        Address address = customer.address();
        String ofAddress = address == null ? null : IsoCodes.country(address.country());
        return phones.e164(customer.phone(), ofAddress == null ? store.mapping().defaultRegion() : ofAddress);
    }

    private static Reason reason(CustomerSnapshot customer, IdentifierSettings settings) {
        boolean malformedPhone = settings.phoneNumber()
                && customer.phone() != null
                && isGiven(customer.phone().number());
        if (isGiven(customer.email()) || malformedPhone) {
            return Reason.INVALID_CONTACT;
        }
        return customer.registered() ? Reason.NO_IDENTIFIER : Reason.ANONYMOUS;
    }

    private static boolean isGiven(@Nullable String text) {
        return text != null && !text.isBlank();
    }
}
