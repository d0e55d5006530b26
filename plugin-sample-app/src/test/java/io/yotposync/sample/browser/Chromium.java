package io.yotposync.sample.browser;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** One process of the browser with a profile of its own, ended with the test. */
public final class Chromium implements AutoCloseable {

    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");

    private final Process process;
    private final Path profile;
    private final DevTools tools;

    private Chromium(Process process, Path profile, DevTools tools) {
        this.process = process;
        this.profile = profile;
        this.tools = tools;
    }

    /** Where the browser is; empty if this machine has none. */
    public static Optional<Path> installed() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Starts it and opens an empty page. */
    public static Chromium start() {
        try {
            Path profile = Files.createTempDirectory("yotpo-sync-browser");
            Process process = new ProcessBuilder(
                            installed().orElseThrow().toString(),
                            "--headless",
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-quic",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync",
                            "--disable-dev-shm-usage",
                            "--hide-scrollbars",
                            "--force-prefers-reduced-motion",
                            "--user-data-dir=" + profile,
                            "--remote-debugging-port=0",
                            "about:blank")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return new Chromium(process, profile, connect(process, profile));
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    private static DevTools connect(Process process, Path profile) {
        Path written = profile.resolve("DevToolsActivePort");
        List<String> lines = Awaitility.await("the browser's start")
                .atMost(Duration.ofSeconds(60))
                .until(() -> lines(process, written), found -> found.size() >= 2);
        return DevTools.connect(URI.create("http://127.0.0.1:" + lines.get(0)));
    }

    private static List<String> lines(Process process, Path file) throws IOException {
        if (!process.isAlive()) {
            throw new IllegalStateException("the browser ended with " + process.exitValue());
        }
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    public DevTools tools() {
        return tools;
    }

    @Override
    public void close() {
        tools.close();
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            }
            delete();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void delete() {
        try (Stream<Path> all = Files.walk(profile)) {
            all.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::deleteOnExit);
        } catch (IOException | UncheckedIOException stillWritten) {
            profile.toFile().deleteOnExit();
        }
    }
}
