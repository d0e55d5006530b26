package io.yotposync.sample.shop;

import jakarta.persistence.PrePersist;
import jakarta.persistence.PreUpdate;
import java.time.Instant;
import java.util.Date;
import org.broadleafcommerce.common.audit.Auditable;
import org.broadleafcommerce.profile.core.domain.Customer;

/** Sets the dates that order a customer's states, as Broadleaf's listener does. */
public class AuditListener {

    @PrePersist
    void created(Customer customer) {
        Auditable auditable = auditable(customer);
        Date now = now();
        auditable.setDateCreated(now);
        auditable.setDateUpdated(now);
    }

    @PreUpdate
    void updated(Customer customer) {
        auditable(customer).setDateUpdated(now());
    }

    @SuppressWarnings("JavaUtilDate") // Auditable's own type
    private static Date now() {
        return Date.from(Instant.now());
    }

    private static Auditable auditable(Customer customer) {
        Auditable auditable = customer.getAuditable();
        if (auditable == null) {
            auditable = new Auditable();
            customer.setAuditable(auditable);
        }
        return auditable;
    }
}
