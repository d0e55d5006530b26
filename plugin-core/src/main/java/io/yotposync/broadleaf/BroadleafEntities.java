package io.yotposync.broadleaf;

import io.yotposync.capture.EntityModel;
import io.yotposync.customer.CustomerSnapshot;
import org.broadleafcommerce.profile.core.domain.Address;
import org.broadleafcommerce.profile.core.domain.Customer;
import org.broadleafcommerce.profile.core.domain.CustomerAddress;
import org.broadleafcommerce.profile.core.domain.CustomerAttribute;
import org.broadleafcommerce.profile.core.domain.CustomerPhone;
import org.broadleafcommerce.profile.core.domain.Phone;
import org.jspecify.annotations.Nullable;

/** Broadleaf's customer with its addresses, phones and attributes, by their interfaces. */
public final class BroadleafEntities implements EntityModel {

    private final CustomerReader reader;

    public BroadleafEntities(CustomerReader reader) {
        this.reader = reader;
    }

    @Override
    public boolean isCustomer(Class<?> type) {
        return Customer.class.isAssignableFrom(type);
    }

    @Override
    public boolean concerns(Object entity) {
        return entity instanceof Customer
                || entity instanceof CustomerAddress
                || entity instanceof CustomerPhone
                || entity instanceof CustomerAttribute
                || entity instanceof Address
                || entity instanceof Phone;
    }

    @Override
    public @Nullable Object customerOf(Object entity) {
        if (entity instanceof CustomerAddress address) {
            return address.getCustomer();
        }
        if (entity instanceof CustomerPhone phone) {
            return phone.getCustomer();
        }
        if (entity instanceof CustomerAttribute attribute) {
            return attribute.getCustomer();
        }
        return entity instanceof Customer ? entity : null;
    }

    @Override
    public @Nullable Object detailOf(Object link) {
        if (link instanceof CustomerAddress address) {
            return address.getAddress();
        }
        return link instanceof CustomerPhone phone ? phone.getPhone() : null;
    }

    @Override
    public CustomerSnapshot unread(Object customer) {
        return reader.unread((Customer) customer);
    }

    @Override
    public CustomerSnapshot read(Object customer) {
        return reader.read((Customer) customer);
    }
}
