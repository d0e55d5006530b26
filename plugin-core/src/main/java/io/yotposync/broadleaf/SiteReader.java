package io.yotposync.broadleaf;

import io.yotposync.customer.CustomerSnapshot;
import org.broadleafcommerce.common.extensibility.jpa.SiteDiscriminator;
import org.broadleafcommerce.common.site.domain.Site;
import org.broadleafcommerce.common.web.BroadleafRequestContext;
import org.broadleafcommerce.profile.core.domain.Customer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the site of a saved customer, on the event's thread: the customer's own in a multi-tenant installation, else the
 * request's, else none (the default store).
 */
final class SiteReader {

    void read(Customer customer, CustomerSnapshot.Builder snapshot, Reading reading) {
        Long own = customer instanceof SiteDiscriminator multiTenant
                ? reading.read(multiTenant::getSiteDiscriminator)
                : null;
        Site requested = requested(reading);
        if (own != null) {
            snapshot.site(own.toString());
        }
        if (requested != null && (own == null || own.equals(reading.read(requested::getId)))) {
            snapshot.site(reading.read(requested::getSiteIdentifierValue));
        }
    }

    /** What the request alone says: its site's number too, as a customer who can be read would tell it. */
    void readRequested(CustomerSnapshot.Builder snapshot, Reading reading) {
        Site requested = requested(reading);
        if (requested != null) {
            Long number = reading.read(requested::getId);
            snapshot.site(number == null ? null : number.toString());
            snapshot.site(reading.read(requested::getSiteIdentifierValue));
        }
    }

    private static @Nullable Site requested(Reading reading) {
        return RequestContextPeek.isPresent() ? reading.read(SiteReader::ofRequest) : null;
    }

    private static @Nullable Site ofRequest() {
        BroadleafRequestContext context = BroadleafRequestContext.getBroadleafRequestContext();
        return context == null ? null : context.getNonPersistentSite();
    }
}
