package io.yotposync.sample;

import org.springframework.boot.actuate.autoconfigure.security.servlet.EndpointRequest;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.util.matcher.AndRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** The runbook's pieces for hosts with Spring Security; compiled only, for the sample has none when it runs. */
final class GuardedEndpoint {

    private GuardedEndpoint() {}

    static void letItPass(HttpSecurity http) throws Exception {
        http.csrf(csrf -> csrf.ignoringRequestMatchers(EndpointRequest.to("yotposync")));
    }

    static void whoMayLookAndWhoMayAct(HttpSecurity http) throws Exception {
        RequestMatcher acting = request -> !request.getMethod().equals("GET");
        http.authorizeHttpRequests(
                requests -> requests.requestMatchers(new AndRequestMatcher(EndpointRequest.to("yotposync"), acting))
                        .hasRole("OPERATOR")
                        .requestMatchers(EndpointRequest.to("yotposync", "yotposyncconsole"))
                        .hasAnyRole("OPERATOR", "SUPPORT"));
    }
}
