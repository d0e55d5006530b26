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
        Scale scale = smoke ? Scale.tiny() : Scale.full();
        System.out.println(Machine.describe() + ".");
        int failed = 0;
        for (Section section : chosen) {
            failed += report(section, scale) ? 0 : 1;
        }
        System.out.flush();
        // Peers leave threads behind.
        System.exit(failed);
    }

    static List<Section> all() {
        return ALL;
    }

    /** Whatever becomes of one section, the others have their turn: a peer's fault should not cost them. */
    private static boolean report(Section section, Scale scale) {
        System.err.println("… " + section.title());
        System.out.println("\n### " + section.title() + "\n\n" + section.about() + "\n");
        try {
            System.out.print(section.run(scale).markdown());
            return true;
        } catch (Exception fault) {
            System.out.println("Did not finish: " + fault.getClass().getName() + ".");
            fault.printStackTrace();
            return false;
        }
    }
}
