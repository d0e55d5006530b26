package io.yotposync.bench;

import java.util.ArrayList;
import java.util.List;

/** Measures, and prints Markdown: {@code Benchmarks [section …] [--smoke]}. Everything talks to this machine alone. */
public final class Benchmarks {

    private static final List<Section> ALL = List.of(
            new SavingThread(),
            new RequestsPerChange(),
            new DurableThroughput(),
            new BacklogDrain(),
            new Footprint(),
            new StartUp(),
            new Growth());

    private Benchmarks() {}

    /** @param args names of sections, all if there are none; {@code --smoke} for sizes that only prove that it runs */
    public static void main(String[] args) throws Exception {
        List<String> names = new ArrayList<>(List.of(args));
        boolean smoke = names.remove("--smoke");
        List<Section> chosen = ALL.stream()
                .filter(section -> names.isEmpty() || names.contains(section.name()))
                .toList();
        if (chosen.isEmpty()) {
            throw new IllegalArgumentException(
                    "sections are " + ALL.stream().map(Section::name).toList());
        }
        System.out.print(report(chosen, smoke ? Scale.tiny() : Scale.full()));
        System.out.flush();
        // Peers leave threads behind.
        System.exit(0);
    }

    static List<Section> all() {
        return ALL;
    }

    private static String report(List<Section> sections, Scale scale) throws Exception {
        StringBuilder text = new StringBuilder();
        text.append(Machine.describe()).append(".\n");
        for (Section section : sections) {
            System.err.println("… " + section.title());
            text.append("\n### ").append(section.title()).append("\n\n");
            text.append(section.about()).append("\n\n");
            text.append(section.run(scale).markdown());
        }
        return text.toString();
    }
}
