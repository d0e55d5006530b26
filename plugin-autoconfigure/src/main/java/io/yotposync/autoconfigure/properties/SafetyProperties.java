package io.yotposync.autoconfigure.properties;

import io.yotposync.identity.AllowList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What keeps a test installation from writing to the merchant's real store.
 *
 * @param productionAppKeys App keys of stores that only production may write to; everywhere else the start is refused.
 * @param productionProfiles Spring profiles that are production; a host without any profile runs with "default".
 * @param allowProduction Whether this host may write to those stores whatever its profile.
 * @param onlyEmailDomains Only customers with an e-mail address of one of these domains are sent; everyone if empty.
 * @param onlyCustomers Only, or beside those, customers with one of these ids of the shop's; everyone if empty.
 */
public record SafetyProperties(
        @Nullable List<String> productionAppKeys,
        @DefaultValue({"prod", "production", "live"}) List<String> productionProfiles,
        @DefaultValue("false") boolean allowProduction,
        @Nullable List<String> onlyEmailDomains,
        @Nullable List<String> onlyCustomers) {

    public SafetyProperties {
        productionAppKeys = productionAppKeys == null ? List.of() : productionAppKeys;
        onlyEmailDomains = onlyEmailDomains == null ? List.of() : onlyEmailDomains;
        onlyCustomers = onlyCustomers == null ? List.of() : onlyCustomers;
    }

    AllowList allowed() {
        return AllowList.of(Objects.requireNonNull(onlyEmailDomains), Objects.requireNonNull(onlyCustomers));
    }

    /** Neither keys nor customers. */
    @Override
    public String toString() {
        return "SafetyProperties[productionProfiles=" + productionProfiles + ", allowProduction=" + allowProduction
                + "]";
    }
}
