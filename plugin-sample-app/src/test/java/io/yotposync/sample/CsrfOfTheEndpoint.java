package io.yotposync.sample;

import org.springframework.boot.actuate.autoconfigure.security.servlet.EndpointRequest;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;

/** The runbook's piece for hosts with Spring Security; compiled only, for the sample has none when it runs. */
final class CsrfOfTheEndpoint {

    private CsrfOfTheEndpoint() {}

    static void letItPass(HttpSecurity http) throws Exception {
        http.csrf(csrf -> csrf.ignoringRequestMatchers(EndpointRequest.to("yotposync")));
    }
}
