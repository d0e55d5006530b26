package io.yotposync.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AllowListTest {

    private final AllowList testers =
            AllowList.of(List.of(" @Example.com ", "", "test.example.org"), List.of(" 7 ", ""));

    @Test
    void anEmptyListKeepsNobodyBack() {
        assertThat(AllowList.EVERYONE.allows("1", null)).isTrue();
        assertThat(AllowList.of(List.of(" "), List.of("")).allows("1", "a@anywhere.example"))
                .isTrue();
    }

    @Test
    void allowsTheDomainsAndIdsThatItNames() {
        assertThat(testers.allows("1", "a@EXAMPLE.com")).isTrue();
        assertThat(testers.allows("1", "a@test.example.org ")).isTrue();
        assertThat(testers.allows("7", null)).isTrue();
    }

    @Test
    void andNobodyElse() {
        assertThat(testers.allows("1", null)).isFalse();
        assertThat(testers.allows("1", "a@other.example")).isFalse();
        assertThat(testers.allows("1", "a@sub.example.com"))
                .as("a subdomain is another domain")
                .isFalse();
        assertThat(testers.allows("1", "a@notexample.com")).isFalse();
        assertThat(testers.allows("77", "a@example.com@other.example")).isFalse();
    }
}
