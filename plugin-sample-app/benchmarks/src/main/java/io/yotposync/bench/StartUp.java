package io.yotposync.bench;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
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

    /** Where the sample shop's jar is, if it is to be started too. */
    static final String SAMPLE = "bench.sample";

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
                + " context and a connection are there: without the plugin, with it, and with it but without libphonenumber (then only"
                + " numbers in E.164 are taken); and the sample shop (Tomcat, JPA, Actuator) with the plugin switched off and"
                + " on. One after the other in turns; what is added is the median of the differences within a turn. Sizes are those of the jars; the host has Spring, Jackson and SLF4J.";
    }

    @Override
    public Table run(Scale scale) throws Exception {
        Table table = new Table("what", "figure", "range", "goal");
        Spread without = new Spread();
        Spread added = new Spread();
        Spread addedPlain = new Spread();
        Spread shop = new Spread();
        Spread addedToShop = new Spread();
        String sample = System.getProperty(SAMPLE, "");
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
                if (!sample.isEmpty()) {
                    double off = startShop(sample, "false");
                    double on = startShop(sample, "true");
                    if (turn > 0) {
                        shop.add(off);
                        addedToShop.add(on - off);
                    }
                }
            }
        }
        table.row("the host alone, ms", without.median(), without.range(), "");
        table.row("the plugin adds, ms", added.median(), added.range(), "");
        table.row("the plugin without libphonenumber adds, ms", addedPlain.median(), addedPlain.range(), "");
        if (!sample.isEmpty()) {
            table.row("the sample shop with the plugin off, ms", shop.median(), shop.range(), "");
            table.row("the plugin adds to the sample shop, ms", addedToShop.median(), addedToShop.range(), "≤ 150");
        }
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
        return start(command, SmallHost.READY);
    }

    /** The same for the sample shop, whose classes name the plugin's, so that it is there either way. */
    private static double startShop(String jar, String enabled) throws IOException, InterruptedException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-jar",
                jar,
                "--server.port=0",
                "--yotpo.sync.enabled=" + enabled);
        return start(command, "process running for ") * 1000;
    }

    /** The number that the process writes behind these words. */
    private static double start(List<String> command, String words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        StringBuilder output = new StringBuilder();
        try (BufferedReader lines = process.inputReader()) {
            process.getOutputStream().close();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int at = line.indexOf(words);
                if (at >= 0) {
                    return Double.parseDouble(
                            line.substring(at + words.length()).strip().split("[^0-9.]", -1)[0]);
                }
                output.append(line).append('\n');
            }
            throw new IllegalStateException("the host did not start: " + output);
        } finally {
            process.destroyForcibly();
            process.waitFor(60, TimeUnit.SECONDS);
        }
    }
}
