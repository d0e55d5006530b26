package io.yotposync.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Figures as Markdown. */
final class Table {

    private final List<List<String>> rows = new ArrayList<>();
    private final int columns;

    Table(String... header) {
        columns = header.length;
        rows.add(List.of(header));
    }

    /** @param cells text as it is, numbers with about three digits that count */
    Table row(Object... cells) {
        if (cells.length != columns) {
            throw new IllegalArgumentException(cells.length + " cells for " + columns + " columns");
        }
        List<String> row = new ArrayList<>();
        for (Object cell : cells) {
            row.add(cell instanceof Number number ? number(number.doubleValue()) : cell.toString());
        }
        rows.add(row);
        System.err.println("  " + String.join(" | ", row)); // a full run takes long
        return this;
    }

    int size() {
        return rows.size() - 1;
    }

    static String number(double value) {
        double size = Math.abs(value);
        int decimals = size >= 100 || value == Math.rint(value) ? 0 : size >= 10 ? 1 : 2;
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    String markdown() {
        StringBuilder text = new StringBuilder();
        line(text, rows.get(0));
        text.append("|---|")
                .append(String.join("", Collections.nCopies(columns - 1, "--:|")))
                .append('\n');
        rows.subList(1, rows.size()).forEach(row -> line(text, row));
        return text.toString();
    }

    private static void line(StringBuilder text, List<String> cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }
}
