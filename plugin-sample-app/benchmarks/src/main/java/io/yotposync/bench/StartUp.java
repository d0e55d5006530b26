package io.yotposync.bench;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Section 6. */
final class StartUp implements Section {

    /** What comes with the plugin and may be missing in a host. */
    private static final List<String> BROUGHT =
            List.of("yotpo-sync-core", "yotpo-sync-autoconfigure", "failsafe", "caffeine", "libphonenumber");

    @Override
    public String name() {
        return "start";
    }

    @Override
    public String title() {
        return "6. Start and class path";
    }

    @Override
    public String about() {
        return "A Spring Boot host with JDBC, Hikari and PostgreSQL, in a JVM of its own, from the JVM's start until its"
                + " context is there: without the plugin, with it, and with it but without libphonenumber (then only"
                + " numbers in E.164 are taken). One after the other in turns; what is added is the median of the"
                + " differences within a turn. Sizes are those of the jars; the host has Spring, Jackson and SLF4J.";
    }

    @Override
    public Table run(Scale scale) throws Exception {
        Table table = new Table("what", "figure", "range", "goal");
        Spread without = new Spread();
        Spread added = new Spread();
        Spread addedPlain = new Spread();
        try (Postgres postgres = new Postgres()) {
            for (int turn = 0; turn <= scale.of(9, 0); turn++) {
                double bare = start(postgres, jar -> !isBrought(jar));
                double whole = start(postgres, jar -> true);
                double plain = start(postgres, jar -> !jar.contains("libphonenumber"));
                if (turn > 0 || scale.smoke()) { // the first one fills the disk's cache
                    without.add(bare);
                    added.add(whole - bare);
                    addedPlain.add(plain - bare);
                }
            }
        }
        table.row("the host alone, ms", without.median(), without.range(), "");
        table.row("the plugin adds, ms", added.median(), added.range(), "≤ 150");
        table.row("the plugin without libphonenumber adds, ms", addedPlain.median(), addedPlain.range(), "");
        double all = 0;
        for (String name : BROUGHT) {
            double kilobytes = kilobytes(name);
            all += kilobytes;
            table.row(name + ", KB", kilobytes, "", "");
        }
        table.row("all of them, KB", all, "", "≤ 2,048");
        table.row("without libphonenumber, KB", all - kilobytes("libphonenumber"), "", "");
        return table;
    }

    private static boolean isBrought(String entry) {
        return BROUGHT.stream().anyMatch(name -> new File(entry).getName().startsWith(name))
                || entry.contains("plugin-core")
                || entry.contains("plugin-autoconfigure");
    }

    private static double kilobytes(String name) throws IOException {
        for (String entry : classPath()) {
            Path file = Path.of(entry);
            if (file.getFileName().toString().startsWith(name + "-") && Files.isRegularFile(file)) {
                return Files.size(file) / 1024.0;
            }
        }
        return 0; // classes in a folder, not packed
    }

    private static List<String> classPath() {
        return List.of(System.getProperty("java.class.path").split(File.pathSeparator, -1));
    }

    /** Milliseconds until the context of a new process was there. */
    private static double start(Postgres postgres, Predicate<String> wanted) throws IOException, InterruptedException {
        List<String> entries = classPath().stream().filter(wanted).toList();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                String.join(File.pathSeparator, entries),
                SmallHost.class.getName(),
                postgres.url()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor(60, TimeUnit.SECONDS);
            int at = output.lastIndexOf(SmallHost.READY);
            if (at < 0) {
                throw new IllegalStateException("the host did not start: " + output);
            }
            String took = output.substring(at + SmallHost.READY.length()).strip();
            return Double.parseDouble(took.split("\\s", -1)[0]);
        } finally {
            process.destroyForcibly();
        }
    }
}
