package io.yotposync.scan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PayloadMaskTest {

    private final PayloadMask mask = new PayloadMask();

    @Test
    void whatSaysNothingAboutAPersonIsReadable() {
        assertThat(mask.mask("""
                        {"customer":{"external_id":"7","email":"a@example.com","first_name":"A","account_status":"enabled",\
                        "address":{"city":"Oslo","country_code":"NO"}}}""", "7")).isEqualTo("""
                        {"customer":{"external_id":"7","email":"***","first_name":"***","account_status":"enabled",\
                        "address":{"city":"***","country_code":"NO"}}}""");
    }

    @Test
    void anIdentifierOtherThanTheCustomersIdIsNot() {
        assertThat(mask.mask("{\"customer\":{\"external_id\":\"a@example.com\"}}", "7"))
                .isEqualTo("{\"customer\":{\"external_id\":\"***\"}}");
    }

    @Test
    void whatIsNoJsonIsNotShown() {
        assertThat(mask.mask("a@example.com", "7")).isEqualTo("{}");
    }
}
