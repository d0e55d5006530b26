package io.yotposync.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What is written for people, and the pieces of code in it. */
final class Documents {

    static final Path README = Path.of("..", "README.md");
    static final Path CONFIGURATION = Path.of("..", "docs", "configuration.md");

    private static final Pattern BLOCK = Pattern.compile("^```(\\w*)\\n(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

    private Documents() {}

    /**
     * A fenced block.
     *
     * @param language as the fence names it, empty if it does not
     */
    record Block(Path document, String language, String text) {

        @Override
        public String toString() {
            return document.getFileName() + ": " + text.lines().findFirst().orElse("");
        }
    }

    /** A link that is not to another site. */
    record Link(Path document, String target) {}

    static List<Path> all() {
        try (Stream<Path> docs = Files.walk(Path.of("..", "docs"))) {
            List<Path> all = new ArrayList<>(docs.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList());
            all.add(0, README);
            return all;
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    static List<Block> blocks(String language) {
        return blocks().filter(block -> block.language().equals(language)).toList();
    }

    static Stream<Block> blocks() {
        return all().stream().flatMap(document -> {
            Matcher blocks = BLOCK.matcher(read(document));
            List<Block> found = new ArrayList<>();
            while (blocks.find()) {
                found.add(new Block(document, blocks.group(1), blocks.group(2)));
            }
            return found.stream();
        });
    }

    static List<Link> links() {
        List<Link> found = new ArrayList<>();
        for (Path document : all()) {
            Matcher links = LINK.matcher(read(document));
            while (links.find()) {
                if (!links.group(1).startsWith("http")) {
                    found.add(new Link(document, links.group(1)));
                }
            }
        }
        return found;
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }
}
