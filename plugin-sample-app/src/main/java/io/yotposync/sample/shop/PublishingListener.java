package io.yotposync.sample.shop;

import jakarta.persistence.PostPersist;
import jakarta.persistence.PostUpdate;
import org.broadleafcommerce.profile.core.domain.CustomerPersistedEntityListener;

/** Broadleaf's own listener, whose {@code javax} annotations a {@code jakarta} host does not see. */
public class PublishingListener extends CustomerPersistedEntityListener {

    @PostPersist
    @PostUpdate
    @Override
    public void customerUpdated(Object entity) {
        super.customerUpdated(entity);
    }
}
