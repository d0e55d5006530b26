package io.yotposync.payload;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Utf8TextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"", "plain", "a \"b\" c\\d", "tab\tline\n", "Zoë", "\u007F", "\u20AC", "\uD83D\uDE00", "\u0001"})
    void quotesAsJacksonDoes(String value) throws JsonProcessingException {
        assertThat(new Utf8Text(1).quoted(value).text()).isEqualTo(new ObjectMapper().writeValueAsString(value));
    }

    @Test
    void bytesAreThoseOfItsText() {
        Utf8Text text = new Utf8Text(2).plain("{").quoted("Zoë").plain(':').quoted("x".repeat(100));

        assertThat(Arrays.copyOf(text.bytes(), text.length()))
                .isEqualTo(text.text().getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void canBeUsedAgain() {
        Utf8Text text = new Utf8Text(4).plain("a long text");
        text.clear();

        assertThat(text.endsWith('t')).isFalse();
        assertThat(text.plain('b').text()).isEqualTo("b");
        assertThat(text).hasToString("Utf8Text[1 bytes]");
    }
}
