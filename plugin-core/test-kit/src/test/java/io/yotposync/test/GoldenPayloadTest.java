package io.yotposync.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.AssertionFailedError;

class GoldenPayloadTest {

    @TempDir
    Path directory;

    @Test
    void neitherWhiteSpaceNorOrderCounts() throws IOException {
        Path file = golden("{\"customer\": {\"a\": 1,\n \"b\": \"x\"}}");

        assertThatCode(() -> GoldenPayload.assertMatches(file, "{\"customer\":{\"b\":\"x\",\"a\":1}}"))
                .doesNotThrowAnyException();
    }

    @Test
    void namesEachPropertyThatDiffers() throws IOException {
        Path file =
                golden("{\"customer\":{\"email\":\"a@example.com\",\"tags\":\"gold\",\"address\":{\"zip\":\"1\"}}}");

        assertThatThrownBy(() -> GoldenPayload.assertMatches(
                        file, "{\"customer\":{\"tags\":\"silver\",\"address\":{\"zip\":\"1\",\"city\":\"C\"}}}"))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("customer.email is missing, expected \"a@example.com\"")
                .hasMessageContaining("customer.tags is \"silver\", expected \"gold\"")
                .hasMessageContaining("customer.address.city is new: \"C\"")
                .hasMessageNotContaining("zip")
                .satisfies(failure -> assertThat(((AssertionFailedError) failure).getExpected())
                        .isNotNull());
    }

    @Test
    void aMissingFileSaysHowToWriteIt() {
        assertThatThrownBy(() -> GoldenPayload.assertMatches(directory.resolve("none.json"), "{}"))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("-Dyotpo.golden.write=true");
    }

    @Test
    void aFileIsLookedForAmongTheTestsResources() {
        assertThatThrownBy(() -> GoldenPayload.assertMatches("yotpo/none.json", "{}"))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("there is no golden file " + Path.of("src/test/resources/yotpo/none.json"));
    }

    @Test
    void writesWhatItWillMatchWhenAskedTo() {
        Path file = directory.resolve("below/new.json");
        System.setProperty(GoldenPayload.WRITE, "true");
        try {
            GoldenPayload.assertMatches(file, "{\"customer\":{\"email\":\"a@example.com\"}}");
        } finally {
            System.clearProperty(GoldenPayload.WRITE);
        }

        assertThat(file).content().contains("\n").contains("a@example.com");
        GoldenPayload.assertMatches(file, "{\"customer\":{\"email\":\"a@example.com\"}}");
    }

    @Test
    void whatIsNoJsonIsSaidToBeNone() throws IOException {
        Path file = golden("{}");

        assertThatThrownBy(() -> GoldenPayload.assertMatches(file, "{half"))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessage("the payload is not one piece of JSON");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"tags\":\"gold\",\"tags\":\"silver\"}", "{\"tags\":\"silver\"}\n{\"tags\":\"gold\"}"})
    void whatAMergeLeftTwiceIsNotComparedByHalf(String merged) throws IOException {
        Path file = golden(merged);

        assertThatThrownBy(() -> GoldenPayload.assertMatches(file, "{\"tags\":\"silver\"}"))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessage(file + " is not one piece of JSON");
    }

    @Test
    void aFileOfAnotherEncodingIsNotSaidToBeMissing() throws IOException {
        Path file = directory.resolve("latin.json");
        Files.writeString(file, "{\"first_name\":\"J\u00fcrgen\"}", StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> GoldenPayload.assertMatches(file, "{}"))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessage("the golden file " + file + " cannot be read as UTF-8");
    }

    private Path golden(String text) throws IOException {
        return Files.writeString(directory.resolve("golden.json"), text);
    }
}
