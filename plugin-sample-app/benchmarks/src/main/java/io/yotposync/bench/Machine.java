package io.yotposync.bench;

import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.Objects;
import org.springframework.boot.SpringBootVersion;

/** Where the figures come from; no name of a host or a folder. */
final class Machine {

    private Machine() {}

    static String describe() {
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return String.format(
                Locale.ROOT,
                "%d cores (%s), %d GiB memory, %s %s, Java %s (%s), Spring Boot %s; load average at the start %.1f",
                Runtime.getRuntime().availableProcessors(),
                system.getArch(),
                Math.round(system.getTotalMemorySize() / (double) (1L << 30)),
                system.getName(),
                system.getVersion().replaceAll("^(\\d+\\.\\d+).*", "$1"),
                Runtime.version().feature(),
                System.getProperty("java.vm.name"),
                version(SpringBootVersion.getVersion()),
                system.getSystemLoadAverage());
    }

    private static String version(@org.jspecify.annotations.Nullable String known) {
        return Objects.requireNonNullElse(known, "?");
    }
}
