package io.yotposync.autoconfigure.operator;

import java.lang.reflect.Method;
import java.security.Principal;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.endpoint.SecurityContext;

/**
 * Who may see a customer's payload in the clear: those with the authority that the host configured, by the servlet
 * container's roles or by Spring Security's authorities, whose classes are named only where they are.
 *
 * @param authority {@code null} or empty: nobody
 */
record RevealAuthority(@Nullable String authority) {

    private static final Logger LOG = LoggerFactory.getLogger(RevealAuthority.class);
    private static final String AUTHENTICATION = "org.springframework.security.core.Authentication";
    private static final String GRANTED = "org.springframework.security.core.GrantedAuthority";

    /** Why not; {@code null} if the operator may. */
    @Nullable
    String refuses(SecurityContext security) {
        if (authority == null || authority.isBlank()) {
            return "nobody may see it: yotpo.sync.console.reveal-authority is not set";
        }
        Principal operator = security.getPrincipal();
        if (operator == null) {
            return "you are not logged in";
        }
        return security.isUserInRole(authority) || isGranted(operator, authority)
                ? null
                : "you lack the authority that yotpo.sync.console.reveal-authority names";
    }

    private static boolean isGranted(Principal operator, String authority) {
        try {
            ClassLoader loader = operator.getClass().getClassLoader();
            Class<?> authentication = Class.forName(AUTHENTICATION, false, loader);
            if (!authentication.isInstance(operator)
                    || !Boolean.TRUE.equals(
                            authentication.getMethod("isAuthenticated").invoke(operator))) {
                return false;
            }
            Object granted = authentication.getMethod("getAuthorities").invoke(operator);
            Method name = Class.forName(GRANTED, false, loader).getMethod("getAuthority");
            for (Object each : (Collection<?>) granted) {
                if (authority.equals(name.invoke(each))) {
                    return true;
                }
            }
        } catch (ReflectiveOperationException | RuntimeException | LinkageError notSpringSecurity) {
            LOG.debug(
                    "Yotpo sync: the operator's authorities cannot be read: {}",
                    notSpringSecurity.getClass().getName());
        }
        return false;
    }
}
