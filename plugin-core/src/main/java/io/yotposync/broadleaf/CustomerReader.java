package io.yotposync.broadleaf;

import io.yotposync.customer.Consent;
import io.yotposync.customer.CustomerSnapshot;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.TemporalAccessor;
import java.util.Collection;
import java.util.Date;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.broadleafcommerce.common.audit.Auditable;
import org.broadleafcommerce.common.locale.domain.Locale;
import org.broadleafcommerce.profile.core.domain.Customer;
import org.broadleafcommerce.profile.core.domain.CustomerAttribute;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies a Broadleaf customer into a snapshot. Any thread; does no I/O by itself, though a lazy part that is still
 * within reach is loaded by the host's own session. A part out of reach is left out and the snapshot is partial.
 */
@SuppressWarnings("JavaUtilDate") // Broadleaf's own
public final class CustomerReader {

    private static final Logger LOG = LoggerFactory.getLogger("io.yotposync");

    private static final BeanPath GENDER = new BeanPath("gender");
    private static final BeanPath CURRENCY = new BeanPath("defaultCurrency.currencyCode");

    private final AddressReader addresses = new AddressReader();
    private final PhoneReader phones = new PhoneReader();
    private final SiteReader sites = new SiteReader();
    private final Map<String, BeanPath> paths;

    /** @param paths bean property paths that some store's settings name */
    public CustomerReader(Collection<String> paths) {
        this.paths = paths.stream()
                .distinct()
                .collect(Collectors.toUnmodifiableMap(
                        path -> path, path -> new BeanPath(path, type -> warnOfUnknown(path, type))));
    }

    /** @throws IllegalArgumentException if the customer has no id */
    public CustomerSnapshot read(Customer customer) {
        return read(customer, new Reading(true));
    }

    /**
     * The same where the customer's session may be another thread's: what is not loaded yet is left out.
     *
     * @throws IllegalArgumentException if the customer has no id
     */
    public CustomerSnapshot readLoaded(Customer customer) {
        if (LazyParts.isLoaded(customer)) {
            return read(customer, new Reading(false));
        }
        return unread(customer);
    }

    /**
     * Who it is and where, to be read again.
     *
     * @throws IllegalArgumentException if the customer has no id
     */
    CustomerSnapshot unread(Customer customer) {
        CustomerSnapshot.Builder snapshot =
                CustomerSnapshot.of(id(customer)).registered(false).partial(true);
        sites.readRequested(snapshot, new Reading(false));
        return snapshot.build();
    }

    private static String id(Customer customer) {
        Long id = customer.getId();
        if (id == null) {
            throw new IllegalArgumentException("the customer has no id");
        }
        return id.toString();
    }

    private CustomerSnapshot read(Customer customer, Reading reading) {
        boolean registered = customer.isRegistered();
        CustomerSnapshot.Builder snapshot = CustomerSnapshot.of(id(customer))
                .registered(registered)
                .deactivated(customer.isDeactivated() || isArchived(customer, reading))
                .email(customer.getEmailAddress())
                .name(customer.getFirstName(), customer.getLastName())
                .gender(reading.read(() -> GENDER.text(customer, reading)))
                .phone(phones.of(customer, reading))
                .address(addresses.read(customer, reading))
                .emailMarketing(registered ? emailMarketing(customer, reading) : Consent.UNKNOWN);
        dates(customer, snapshot, reading);
        locale(customer, snapshot, reading);
        attributes(customer, snapshot, reading);
        paths.forEach((path, bean) -> snapshot.property(
                path, reading.read(() -> value(path, bean, customer, reading), () -> snapshot.unread(path))));
        sites.read(customer, snapshot, reading);
        return snapshot.partial(!reading.isComplete()).build();
    }

    /** Deleted in Broadleaf's admin. */
    private static boolean isArchived(Customer customer, Reading reading) {
        return Boolean.TRUE.equals(reading.read(() -> Archived.is(customer, reading)));
    }

    /** A slip of the pen would otherwise make every customer one without an external id, or without a choice. */
    private static void warnOfUnknown(String path, Class<?> type) {
        LOG.warn(
                "Yotpo sync: {} has no property for the path '{}', which identifier.external-id or consent of a store"
                        + " names; it counts as empty",
                type.getSimpleName(),
                path);
    }

    private static @Nullable String value(String path, BeanPath bean, Customer customer, Reading reading) {
        return path.equals(ReceiveEmail.PATH)
                ? customer.isRegistered() ? ReceiveEmail.of(customer).text() : null
                : text(bean.read(customer, reading));
    }

    /** A guest was never asked. */
    private static Consent emailMarketing(Customer customer, Reading reading) {
        Consent consent = reading.read(() -> ReceiveEmail.of(customer));
        return consent == null ? Consent.UNKNOWN : consent;
    }

    private static void dates(Customer customer, CustomerSnapshot.Builder snapshot, Reading reading) {
        Auditable audit = reading.read(customer::getAuditable);
        if (audit != null) {
            Instant created = instant(reading.read(audit::getDateCreated));
            Instant updated = instant(reading.read(audit::getDateUpdated));
            snapshot.createdAt(created).updatedAt(updated == null ? created : updated);
        }
    }

    private static void locale(Customer customer, CustomerSnapshot.Builder snapshot, Reading reading) {
        Locale locale = reading.read(() -> reading.reach(customer.getCustomerLocale()));
        if (locale != null) {
            snapshot.language(reading.read(locale::getLocaleCode))
                    .currency(reading.read(() -> CURRENCY.text(locale, reading)));
        }
    }

    private static void attributes(Customer customer, CustomerSnapshot.Builder snapshot, Reading reading) {
        Supplier<@Nullable Map<String, CustomerAttribute>> all = customer::getCustomerAttributes;
        reading.read(() -> {
            Map<String, CustomerAttribute> attributes = reading.reach(all.get());
            if (attributes != null) {
                attributes.forEach((name, attribute) -> {
                    if (name != null && attribute != null) {
                        snapshot.attribute(name, attribute.getValue());
                    }
                });
            }
            return attributes;
        });
    }

    /** An entity's or a collection's text is another one each time, so only what has a text of its own is read. */
    private static @Nullable String text(@Nullable Object value) {
        if (value instanceof Date date) {
            return Instant.ofEpochMilli(date.getTime()).toString();
        }
        if (value instanceof BigDecimal number) {
            // However many places its column has, it is the same number.
            return number.stripTrailingZeros().toPlainString();
        }
        boolean scalar = value instanceof CharSequence
                || value instanceof Number
                || value instanceof Boolean
                || value instanceof Character
                || value instanceof Enum<?>
                || value instanceof UUID
                || value instanceof TemporalAccessor;
        return value != null && scalar ? value.toString() : null;
    }

    /** {@code java.sql.Date} refuses to become an instant. */
    private static @Nullable Instant instant(@Nullable Date date) {
        return date == null ? null : Instant.ofEpochMilli(date.getTime());
    }
}
