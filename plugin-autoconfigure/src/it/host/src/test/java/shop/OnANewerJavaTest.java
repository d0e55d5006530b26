package shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same shop, in a process of a newer Java, where there is one and the host's Boot supports it (its system property
 * {@code host.newer-java}).
 */
class OnANewerJavaTest {

    private static final Path INSTALLED = Path.of("/usr/lib/jvm");
    private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"(\\d+)");

    @TempDir
    Path folder;

    @Test
    void aSavedCustomerArrivesAtYotpo() throws Exception {
        int wanted = Integer.getInteger("host.newer-java", 0);
        assumeTrue(wanted > 0, "this line of Spring Boot is tried on one Java only");
        Optional<Path> java = find(wanted);
        if (java.isEmpty()) {
            System.out.println("There is no JDK " + wanted + " or later under " + INSTALLED + ": not tried on it");
        }
        assumeTrue(java.isPresent(), "no JDK " + wanted + " or later under " + INSTALLED);

        Path log = folder.resolve("log");
        Process shop = new ProcessBuilder(
                        java.get().toString(), "-cp", System.getProperty("java.class.path"), Shop.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertTrue(shop.waitFor(180, TimeUnit.SECONDS), () -> "does not end: " + text(log));
            assertEquals(0, shop.exitValue(), () -> text(log));
            assertTrue(text(log).contains(Shop.DONE), () -> text(log));
            System.out.println("Tried on Java " + version(java.get().getParent().getParent()) + " too");
        } finally {
            shop.destroyForcibly();
        }
    }

    private static Optional<Path> find(int wanted) throws IOException {
        if (!Files.isDirectory(INSTALLED)) {
            return Optional.empty();
        }
        try (Stream<Path> jdks = Files.list(INSTALLED)) {
            return jdks.filter(jdk -> version(jdk) >= wanted)
                    .map(jdk -> jdk.resolve("bin").resolve("java"))
                    .filter(Files::isExecutable)
                    .min(Comparator.comparing(java -> version(java.getParent().getParent())));
        }
    }

    private static int version(Path jdk) {
        try {
            Matcher version = VERSION.matcher(Files.readString(jdk.resolve("release")));
            return version.find() ? Integer.parseInt(version.group(1)) : 0;
        } catch (IOException | RuntimeException unknown) {
            return 0;
        }
    }

    private static String text(Path log) {
        try {
            List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
        } catch (IOException unreadable) {
            return "no log";
        }
    }

    /** What runs on the newer Java. */
    static final class Shop {

        static final String DONE = "the first customer has arrived";

        private Shop() {}

        public static void main(String[] args) throws Exception {
            new HostTest().aSavedCustomerArrivesAtYotpo();
            System.out.println(DONE);
            System.exit(0); // the sandbox is the test's to end, and there is none here
        }
    }
}
