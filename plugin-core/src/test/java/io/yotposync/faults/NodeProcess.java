package io.yotposync.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A {@link NodeMain} that runs, and what it said. */
final class NodeProcess implements AutoCloseable {

    private final Process process;
    private final Thread reader;
    private final Map<String, Long> durable = new ConcurrentHashMap<>();
    private final AtomicInteger durables = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger finished = new AtomicInteger();
    private volatile boolean started;

    private NodeProcess(Process process) {
        this.process = process;
        reader = new Thread(this::read, "node-output");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * @param saves by each of four threads
     * @param pause between two, in microseconds
     */
    static NodeProcess start(
            String name, String url, String user, Receiver receiver, String prefix, int customers, int saves, int pause)
            throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        NodeMain.class.getName(),
                        name,
                        url,
                        user,
                        String.valueOf(receiver.port()),
                        prefix,
                        String.valueOf(customers),
                        String.valueOf(saves),
                        String.valueOf(pause))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        NodeProcess node = new NodeProcess(process);
        await().atMost(Duration.ofSeconds(60)).until(() -> node.started || !process.isAlive());
        assertThat(process.isAlive()).as("node runs").isTrue();
        return node;
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                heard(line.split(" "));
            }
        } catch (IOException ended) {
            // With the process.
        }
    }

    private void heard(String[] words) {
        switch (words[0]) {
            case "D" -> {
                // A line that the kill cut short says nothing.
                if (words.length == 3 && words[2].length() == 16) {
                    durable.merge(words[1], Long.valueOf(words[2]), Math::max);
                    durables.incrementAndGet();
                }
            }
            case "R" -> refused.incrementAndGet();
            case "saved" -> finished.incrementAndGet();
            case "started" -> started = true;
            default -> {}
        }
    }

    /** The newest durable version of each customer. */
    Map<String, Long> durable() {
        return Map.copyOf(durable);
    }

    int durables() {
        return durables.get();
    }

    int refused() {
        return refused.get();
    }

    boolean hasSavedAll() {
        return finished.get() == 4;
    }

    void kill() throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("killed").isTrue();
        reader.join(TimeUnit.SECONDS.toMillis(30));
    }

    /** @param signal STOP or CONT */
    void signal(String signal) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid())).start();
        assertThat(kill.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(kill.exitValue()).isZero();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
