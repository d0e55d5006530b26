package io.yotposync.autoconfigure.properties;

import io.yotposync.identity.AllowList;
import io.yotposync.store.Credentials;
import io.yotposync.store.InvalidSettingException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What keeps a test installation from writing to the merchant's real store.
 *
 * @param productionAppKeys App keys of stores that only production may write to; everywhere else the start is refused.
 * @param productionProfiles Spring profiles that are production; a host without any profile runs with "default".
 * @param allowProduction Whether this host may write to the stores of production-app-keys whatever its profile.
 * @param onlyEmailDomains Only customers with an e-mail address of one of these domains, or of only-customers, are sent;
 *     everyone if neither is set, or if one is *.
 * @param onlyCustomers Only customers with one of these ids of the shop's, or of only-email-domains, are sent; everyone if
 *     neither is set, or if one is *.
 */
public record SafetyProperties(
        @Nullable List<String> productionAppKeys,
        @DefaultValue({"prod", "production", "live"}) List<String> productionProfiles,
        @DefaultValue("false") boolean allowProduction,
        @Nullable List<String> onlyEmailDomains,
        @Nullable List<String> onlyCustomers) {

    private static final String SECTION = "safety.";

    /** For a file that lifts what another one says. */
    private static final String EVERYONE = "*";

    /**
     * A list that somebody set but that names nothing is a slip, mostly of a placeholder; it would keep nobody back. Not
     * set at all it is {@code null}.
     *
     * @throws InvalidSettingException with the property's name below the prefix, never quoting a value
     */
    void check() {
        notEmpty("production-app-keys", productionAppKeys, "take the line out");
        if (!guarded().stream().allMatch(key -> key.isBlank() || Credentials.isAppKey(key.strip()))) {
            throw new InvalidSettingException(
                    SECTION + "production-app-keys",
                    "has an entry that no app key can be, and so guards no store",
                    "Write whole app keys with commas between them.");
        }
        notEmpty("production-profiles", productionProfiles, "take the line out");
        notEmpty("only-customers", onlyCustomers, "write " + EVERYONE);
        notEmpty("only-email-domains", onlyEmailDomains, "write " + EVERYONE);
        if (orNone(onlyEmailDomains).stream().anyMatch(domain -> domain.strip().lastIndexOf('@') > 0)) {
            throw new InvalidSettingException(
                    SECTION + "only-email-domains",
                    "has an @ inside, which no domain has",
                    "Write only what is behind it, such as example.com; name single customers by their ids in"
                            + " yotpo.sync.safety.only-customers.");
        }
    }

    private static void notEmpty(String setting, @Nullable List<String> values, String lift) {
        if (values != null
                && values.stream()
                        .allMatch(value -> value.isBlank() || value.strip().equals("@"))) {
            throw new InvalidSettingException(
                    SECTION + setting,
                    "is set, but empty",
                    "Give it a value, or " + lift + " where nothing is to be kept back. A placeholder with nothing"
                            + " behind its colon may have left it so.");
        }
    }

    private static List<String> orNone(@Nullable List<String> values) {
        return values == null ? List.of() : values;
    }

    /** App keys that only production may use. */
    List<String> guarded() {
        return orNone(productionAppKeys);
    }

    AllowList allowed() {
        boolean everyone = Stream.of(orNone(onlyEmailDomains), orNone(onlyCustomers))
                .flatMap(List::stream)
                .anyMatch(each -> each.strip().equals(EVERYONE));
        return everyone ? AllowList.EVERYONE : AllowList.of(orNone(onlyEmailDomains), orNone(onlyCustomers));
    }

    /** Neither keys nor customers. */
    @Override
    public String toString() {
        return "SafetyProperties[productionProfiles=" + productionProfiles + ", allowProduction=" + allowProduction
                + "]";
    }
}
