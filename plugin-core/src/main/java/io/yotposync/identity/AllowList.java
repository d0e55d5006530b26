package io.yotposync.identity;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who may be sent at all, so that a copy of the shop tells Yotpo of nobody but its testers. Empty: everyone.
 *
 * @param emailDomains customers with an e-mail address of exactly one of these domains may be sent
 * @param customers so may those with one of these ids of the shop's
 */
public record AllowList(Set<String> emailDomains, Set<String> customers) {

    /** Nobody is kept back. */
    public static final AllowList EVERYONE = new AllowList(Set.of(), Set.of());

    public AllowList {
        emailDomains = Set.copyOf(emailDomains);
        customers = Set.copyOf(customers);
    }

    /** Domains as people write them, with or without {@code @}, in any case. */
    public static AllowList of(Collection<String> emailDomains, Collection<String> customers) {
        return new AllowList(
                emailDomains.stream()
                        .map(domain -> domain.strip().toLowerCase(Locale.ROOT))
                        .map(domain -> domain.startsWith("@") ? domain.substring(1) : domain)
                        .filter(domain -> !domain.isEmpty())
                        .collect(Collectors.toSet()),
                customers.stream()
                        .map(String::strip)
                        .filter(id -> !id.isEmpty())
                        .collect(Collectors.toSet()));
    }

    public boolean isEmpty() {
        return emailDomains.isEmpty() && customers.isEmpty();
    }

    public boolean allows(String customerId, @Nullable String email) {
        return isEmpty() || customers.contains(customerId) || (email != null && emailDomains.contains(domain(email)));
    }

    private static String domain(String email) {
        return email.strip().substring(email.strip().lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
    }
}
