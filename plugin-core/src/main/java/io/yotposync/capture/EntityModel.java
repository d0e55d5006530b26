package io.yotposync.capture;

import io.yotposync.customer.CustomerSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * Which of the host's entities make up a customer. Called on the saving thread while its session is open; only
 * {@link #unread} is called with a proxy. What an implementation throws never reaches the host, but the customer is then
 * not captured.
 */
public interface EntityModel {

    /** Whether entities of this class are customers. */
    boolean isCustomer(Class<?> type);

    /** Whether a change of this entity can change what Yotpo is to know of a customer. Called for every entity saved. */
    boolean concerns(Object entity);

    /** The customer that an entity is, or belongs to; {@code null} if it does not know. May be a proxy. */
    @Nullable
    Object customerOf(Object entity);

    /** The entity that a link of a customer leads to and that does not know its customer, such as a phone number. */
    @Nullable
    Object detailOf(Object link);

    /** Who a customer is and where, of a proxy too; loads nothing. */
    CustomerSnapshot unread(Object customer);

    /** Copies a customer; lazy parts are within reach. */
    CustomerSnapshot read(Object customer);
}
