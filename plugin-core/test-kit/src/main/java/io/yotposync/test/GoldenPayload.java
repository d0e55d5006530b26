package io.yotposync.test;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.opentest4j.AssertionFailedError;

/**
 * Compares a payload with a file below {@value #DIRECTORY}, so that a change of the mapping is seen in a review. White
 * space and the order of properties do not count.
 *
 * <p>Run the tests with {@code -Dyotpo.golden.write=true} to write the files anew.
 */
public final class GoldenPayload {

    /** Where golden files are looked for, from the directory in which the tests run. */
    public static final String DIRECTORY = "src/test/resources";

    /** The system property that has the files written instead of compared. */
    public static final String WRITE = "yotpo.golden.write";

    /** Of a property that stands there twice, or of two payloads, nobody would see which one was compared. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private GoldenPayload() {}

    /**
     * @param goldenFile below {@value #DIRECTORY}, such as {@code yotpo/loyal-customer.json}
     * @throws AssertionFailedError naming each property that differs
     */
    public static void assertMatches(String goldenFile, String payload) {
        assertMatches(Path.of(DIRECTORY, goldenFile), payload);
    }

    /** The same with a file that is anywhere. */
    public static void assertMatches(Path goldenFile, String payload) {
        JsonNode actual = parsed("the payload", payload);
        if (Boolean.getBoolean(WRITE)) {
            write(goldenFile, actual);
            return;
        }
        String text = read(goldenFile);
        JsonNode expected = parsed(goldenFile.toString(), text);
        List<String> differences = JsonDifferences.between(expected, actual);
        if (!differences.isEmpty()) {
            throw new AssertionFailedError(
                    "the payload differs from " + goldenFile + ":\n  " + String.join("\n  ", differences)
                            + "\nIf that is meant, run the test with -D" + WRITE + "=true.",
                    pretty(expected),
                    pretty(actual));
        }
    }

    private static JsonNode parsed(String what, String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException wrong) {
            throw new AssertionFailedError(what + " is not one piece of JSON", wrong);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException missing) {
            throw new AssertionFailedError(
                    "there is no golden file " + file + "; run the test with -D" + WRITE + "=true to write it",
                    missing);
        } catch (IOException unreadable) {
            throw new AssertionFailedError("the golden file " + file + " cannot be read as UTF-8", unreadable);
        }
    }

    private static void write(Path file, JsonNode payload) {
        try {
            Path directory = file.toAbsolutePath().getParent();
            if (directory != null) {
                Files.createDirectories(directory);
            }
            Files.writeString(file, pretty(payload) + "\n");
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    private static String pretty(JsonNode json) {
        return json.toPrettyString().replace("\r\n", "\n");
    }
}
