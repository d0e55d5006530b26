package io.yotposync.autoconfigure.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;

class RevealAuthorityTest {

    private static final RevealAuthority PRIVACY = new RevealAuthority("privacy");

    @Test
    void withoutTheSettingNobodyMaySeeIt() {
        assertThat(new RevealAuthority(null).refuses(operator("privacy", new Known(true, "privacy"))))
                .contains("reveal-authority is not set");
        assertThat(new RevealAuthority(" ").refuses(operator(" ", new Known(true, " "))))
                .contains("reveal-authority is not set");
    }

    @Test
    void nobodyKnownMaySeeIt() {
        assertThat(PRIVACY.refuses(SecurityContext.NONE)).isEqualTo("you are not logged in");
    }

    @Test
    void aRoleOfTheContainerIsEnough() {
        assertThat(PRIVACY.refuses(operator("privacy", () -> "jo"))).isNull();
        assertThat(PRIVACY.refuses(operator("other", () -> "jo"))).contains("you lack the authority");
    }

    @Test
    void soIsAnAuthorityOfSpringSecuritys() {
        assertThat(PRIVACY.refuses(operator(null, new Known(true, "other", "privacy"))))
                .isNull();
        assertThat(PRIVACY.refuses(operator(null, new Known(true, "other")))).contains("you lack the authority");
        assertThat(PRIVACY.refuses(operator(null, new Known(false, "privacy"))))
                .as("not authenticated")
                .contains("you lack the authority");
    }

    private static SecurityContext operator(@Nullable String role, Principal principal) {
        return new SecurityContext() {
            @Override
            public Principal getPrincipal() {
                return principal;
            }

            @Override
            public boolean isUserInRole(String asked) {
                return asked.equals(role);
            }
        };
    }

    private record Known(boolean authenticated, List<GrantedAuthority> authorities) implements Authentication {

        Known(boolean authenticated, String... names) {
            this(
                    authenticated,
                    List.of(names).stream()
                            .<GrantedAuthority>map(name -> () -> name)
                            .toList());
        }

        @Override
        public String getName() {
            return "jo";
        }

        @Override
        public List<GrantedAuthority> getAuthorities() {
            return authorities;
        }

        @Override
        public boolean isAuthenticated() {
            return authenticated;
        }

        @Override
        public void setAuthenticated(boolean isAuthenticated) {
            throw new UnsupportedOperationException();
        }

        @Override
        public @Nullable Object getCredentials() {
            return null;
        }

        @Override
        public @Nullable Object getDetails() {
            return null;
        }

        @Override
        public @Nullable Object getPrincipal() {
            return null;
        }
    }
}
