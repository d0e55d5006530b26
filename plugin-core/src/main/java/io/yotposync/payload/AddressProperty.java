package io.yotposync.payload;

import io.yotposync.customer.IsoCodes;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The properties of a customer's address, in the order in which they are sent. */
public enum AddressProperty {
    ADDRESS1(raw -> Clean.text(raw, 255)),
    ADDRESS2(raw -> Clean.text(raw, 255)),
    CITY(raw -> Clean.text(raw, 255)),
    COMPANY(raw -> Clean.text(raw, 255)),
    STATE(raw -> Clean.text(raw, 64)),
    ZIP(raw -> Clean.text(raw, 64)),
    PROVINCE_CODE(Clean::province),
    /** Without it the address is left out whole: Yotpo would take it for one in the US. */
    COUNTRY_CODE(IsoCodes::country),
    /** E.164. */
    PHONE_NUMBER(Clean::phone);

    private final String wireName = name().toLowerCase(Locale.ROOT);
    private final String member = '"' + wireName + "\":";
    private final Function<String, @Nullable String> rule;

    AddressProperty(Function<String, @Nullable String> rule) {
        this.rule = rule;
    }

    public String wireName() {
        return wireName;
    }

    /** The name as it begins a member of a JSON object. */
    String member() {
        return member;
    }

    @Nullable
    String clean(@Nullable String raw) {
        return raw == null ? null : rule.apply(raw);
    }
}
