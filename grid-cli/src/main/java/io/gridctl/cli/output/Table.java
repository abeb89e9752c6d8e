package io.gridctl.cli.output;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Columns under headings, each as wide as its widest cell. What users have named is shown on one line, cut if long. */
final class Table {
    private static final String GAP = "  ";
    private static final int WIDEST = 80;
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private final List<List<String>> rows = new ArrayList<>();

    Table(List<String> headings) {
        rows.add(List.copyOf(headings));
    }

    void add(Object... cells) {
        rows.add(Stream.of(cells).map(Table::shown).toList());
    }

    private static String shown(Object cell) {
        String text = String.valueOf(cell);
        String cut = text.length() <= WIDEST ? text : text.substring(0, WIDEST - 1) + "…";
        return CONTROL.matcher(cut)
                .replaceAll(control ->
                        String.format("\\\\u%04x", (int) control.group().charAt(0)));
    }

    /** All lines, each ended. */
    @Override
    public String toString() {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                line.append(row.get(i))
                        .append(" ".repeat(widths[i] - row.get(i).length()))
                        .append(GAP);
            }
            text.append(line.toString().stripTrailing()).append(System.lineSeparator());
        }
        return text.toString();
    }
}
