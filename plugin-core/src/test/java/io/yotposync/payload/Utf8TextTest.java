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
        assertThat(new Utf8Text(1).quoted(value).text(0)).isEqualTo(new ObjectMapper().writeValueAsString(value));
    }

    @Test
    void bytesAreThoseOfItsText() {
        Utf8Text text = new Utf8Text(2).plain("{").quoted("Zoë").plain(':').quoted("x".repeat(100));

        assertThat(Arrays.copyOf(text.bytes(), text.length()))
                .isEqualTo(text.text(0).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void canBeUsedAgain() {
        Utf8Text text = new Utf8Text(4).plain("a long text");
        text.clear();

        assertThat(text.endsWith('t')).isFalse();
        assertThat(text.plain('b').text(0)).isEqualTo("b");
        assertThat(text).hasToString("Utf8Text[1 bytes]");
    }

    @Test
    void partsStandAsTheyAreBeforeWhatIsReadOfIt() {
        Utf8Text text = new Utf8Text(1).raw("a\"b").end().raw("Zoë").end();
        int start = text.length();
        text.quoted("x");

        assertThat(text.text(start)).isEqualTo("\"x\"");
        assertThat(Arrays.copyOf(text.bytes(), start)).containsExactly('a', '"', 'b', 0xFF, 'Z', 'o', 0xC3, 0xAB, 0xFF);
    }
}
