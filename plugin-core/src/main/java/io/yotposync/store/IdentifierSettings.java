package io.yotposync.store;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a store's customers are identified.
 *
 * @param externalId bean property path on the host's customer whose value is Yotpo's {@code external_id}; {@code null}
 *     or empty to identify by e-mail or phone alone
 * @param prefer which of e-mail and phone identifies a customer without external id
 * @param phoneNumber whether {@code phone_number} may be sent at all; Yotpo has deprecated it
 */
public record IdentifierSettings(@Nullable String externalId, Preference prefer, boolean phoneNumber) {

    /** Which of the two is used where both could be. */
    public enum Preference {
        EMAIL,
        PHONE
    }

    // Before the defaults, whose constructor needs it.
    private static final Pattern PATH = Pattern.compile("[A-Za-z_$][\\w$]*(\\.[A-Za-z_$][\\w$]*)*");

    /** Getters of Broadleaf's customer whose values must never leave the shop, and the one that leads out of any bean. */
    private static final Set<String> NEVER_READ = Set.of(
            "password",
            "unencodedpassword",
            "challengequestion",
            "challengeanswer",
            "unencodedchallengeanswer",
            "customerpayments",
            "class");

    /** The host's own id of the customer. */
    public static final String ID = "id";

    public static final IdentifierSettings DEFAULTS = new IdentifierSettings(ID, Preference.EMAIL, false);

    public IdentifierSettings {
        externalId = path("identifier.external-id", externalId);
    }

    /** @throws InvalidSettingException if it is no path, or one over a password, a payment or the like */
    static @Nullable String path(String setting, @Nullable String path) {
        if (path == null || path.isBlank()) {
            return null;
        }
        String trimmed = path.trim();
        if (!PATH.matcher(trimmed).matches()) {
            throw new InvalidSettingException(
                    setting,
                    "is not a bean property path: " + InvalidSettingException.quoted(trimmed),
                    "Name a property of the host's customer, such as id, externalId or auditable.createdBy.");
        }
        for (String property : trimmed.split("\\.", -1)) {
            // A getter's name begins in capitals either way.
            if (NEVER_READ.contains(property.toLowerCase(Locale.ROOT))) {
                throw new InvalidSettingException(
                        setting,
                        "names '" + property + "', which is never read of a customer",
                        "Name another property of the host's customer, or leave it out.");
            }
        }
        return trimmed;
    }
}
