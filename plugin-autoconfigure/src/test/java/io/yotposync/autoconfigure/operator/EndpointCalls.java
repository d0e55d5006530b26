package io.yotposync.autoconfigure.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.Principal;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/** Calls of the endpoint, and what they answer. */
final class EndpointCalls {

    private EndpointCalls() {}

    static Object act(YotpoSyncEndpoint endpoint, String action, @Nullable String store, @Nullable String customer) {
        return endpoint.act(action, store, customer, null, null, "a reason", new Operator("jo"));
    }

    /** What was done, in a sentence. */
    static String done(Object answer) {
        assertThat(answer).isInstanceOf(Map.class);
        return String.valueOf(((Map<?, ?>) answer).get("message"));
    }

    static String problem(Object answer) {
        assertThat(answer).isInstanceOf(WebEndpointResponse.class);
        return String.valueOf(((Map<?, ?>) ((WebEndpointResponse<?>) answer).getBody()).get("message"));
    }

    /** An operator whom the host knows. */
    record Operator(@Nullable String name) implements SecurityContext {

        @Override
        @SuppressWarnings("NullAway") // as some principals do, whatever their interface says
        public Principal getPrincipal() {
            return () -> name;
        }

        @Override
        public boolean isUserInRole(String role) {
            return false;
        }
    }
}
