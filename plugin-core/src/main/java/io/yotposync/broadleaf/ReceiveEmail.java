package io.yotposync.broadleaf;

import io.yotposync.customer.Consent;
import java.lang.reflect.Field;
import java.util.Optional;
import org.broadleafcommerce.profile.core.domain.Customer;
import org.jspecify.annotations.Nullable;

/**
 * The shopper's choice about e-mail. Broadleaf's getter says {@code false} for a choice that was never made, so the
 * field behind it is asked; where it cannot be, only a {@code true} is believed. A field that the class itself fills in, as
 * with {@code false} since 6.0, is a choice all the same.
 */
final class ReceiveEmail {

    static final String PATH = "receiveEmail";

    private static final ClassValue<Optional<Field>> FIELD = new ClassValue<>() {
        @Override
        protected Optional<Field> computeValue(Class<?> type) {
            return find(type);
        }
    };

    private ReceiveEmail() {}

    static Consent of(Customer customer) {
        if (customer.isReceiveEmail()) {
            return Consent.GRANTED;
        }
        Object holder = LazyParts.unproxied(customer);
        Optional<Field> field = FIELD.get(holder.getClass());
        try {
            boolean denied =
                    field.isPresent() && Boolean.FALSE.equals(field.get().get(holder));
            return denied ? Consent.DENIED : Consent.UNKNOWN;
        } catch (IllegalAccessException hidden) {
            return Consent.UNKNOWN;
        }
    }

    private static Optional<Field> find(@Nullable Class<?> type) {
        if (type == null) {
            return Optional.empty();
        }
        try {
            Field field = type.getDeclaredField(PATH);
            field.setAccessible(true);
            return Optional.of(field);
        } catch (NoSuchFieldException further) {
            return find(type.getSuperclass());
        } catch (RuntimeException | LinkageError hidden) {
            return Optional.empty();
        }
    }
}
