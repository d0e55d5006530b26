package io.yotposync.payload;

import io.yotposync.store.InvalidSettingException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a host attribute fills.
 *
 * @param property a customer property, or {@code null}
 * @param customKey a key of {@code custom_properties}, or {@code null}
 */
record AttributeTarget(
        @Nullable CustomerProperty property, @Nullable String customKey) {

    private static final String CUSTOM = "custom_properties.";

    /** @throws InvalidSettingException if there is no such property, or it is an identifier */
    static AttributeTarget parse(String attribute, String target) {
        String name = target.strip();
        if (name.startsWith(CUSTOM) && Clean.key(name.substring(CUSTOM.length())) != null) {
            return new AttributeTarget(null, name.substring(CUSTOM.length()));
        }
        CustomerProperty property = CustomerProperty.byName(name.toLowerCase(Locale.ROOT));
        if (property == null || property.identifies()) {
            throw new InvalidSettingException(
                    "attributes." + attribute,
                    "names no Yotpo property that an attribute can fill: " + InvalidSettingException.quoted(name),
                    "Use one such as gender, tags, accepts_sms_marketing or custom_properties.<key>.");
        }
        return new AttributeTarget(property, null);
    }
}
