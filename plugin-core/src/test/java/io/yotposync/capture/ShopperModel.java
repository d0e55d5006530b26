package io.yotposync.capture;

import io.yotposync.customer.CustomerSnapshot;
import org.jspecify.annotations.Nullable;

/** Customers as {@link Shopper}s; counts how often one is read. */
final class ShopperModel implements EntityModel {

    int read;

    @Nullable
    Error fault;

    @Override
    public boolean isCustomer(Class<?> type) {
        return Shopper.class.isAssignableFrom(type);
    }

    @Override
    public boolean concerns(Object entity) {
        return true;
    }

    @Override
    public @Nullable Object customerOf(Object entity) {
        return entity instanceof Shopper.Link link ? link.getShopper() : entity instanceof Shopper ? entity : null;
    }

    @Override
    public @Nullable Object detailOf(Object link) {
        return link instanceof Shopper.Link known ? known.getNumber() : null;
    }

    @Override
    public CustomerSnapshot unread(Object customer) {
        return CustomerSnapshot.of(String.valueOf(((Shopper) customer).getId()))
                .partial(true)
                .build();
    }

    @Override
    public CustomerSnapshot read(Object customer) {
        read++;
        if (fault != null) {
            throw fault;
        }
        Shopper shopper = (Shopper) customer;
        StringBuilder digits = new StringBuilder();
        shopper.links.forEach(link -> {
            Shopper.Digits number = link.getNumber();
            digits.append(number == null ? "" : "x" + number.getDigits());
        });
        return CustomerSnapshot.of(String.valueOf(shopper.id))
                .name(shopper.name, "B" + digits)
                .build();
    }
}
