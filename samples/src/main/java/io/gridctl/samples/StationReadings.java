package io.gridctl.samples;

import io.gridctl.DirectView;
import io.gridctl.Grid;
import io.gridctl.Source;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What weather stations have measured, a CSV file for each month: the engines read the files, each its share, work on what
 * they have read where it lies, and put it into a map that any program of the grid can read. None of it passes through
 * this program, apart from the few numbers that it prints.
 *
 * <pre>{@code ./gridctl run -n 2 samples/src/main/java/io/gridctl/samples/StationReadings.java}</pre>
 *
 * The folder it writes to, a temporary one unless an argument names another, must be one that all engines' hosts share.
 */
public final class StationReadings {
    private static final List<String> STATIONS = List.of("Brocken", "Hohenpeissenberg", "Potsdam", "Zugspitze");
    private static final int YEAR = 2023;
    private static final int HOURS = 24;

    private StationReadings() {}

    /**
     * Writes a year's files and has the running grid work on them.
     *
     * @param args a folder for the files, or nothing
     * @throws InterruptedException if it is interrupted
     * @throws IOException if the files cannot be written
     */
    public static void main(String[] args) throws InterruptedException, IOException {
        Path folder = args.length > 0 ? Path.of(args[0]) : Files.createTempDirectory("stations");
        try (Grid grid = Grid.connect()) {
            writeYear(folder);
            run(grid, folder, System.out);
        } finally {
            if (args.length == 0) {
                remove(folder);
            }
        }
    }

    static void run(Grid grid, Path folder, PrintStream out) throws InterruptedException {
        DirectView all = grid.engines();

        // Rows become records by the names of columns; what cannot be read is told with file, line and engine.
        List<Long> counts = all.scatterFrom("readings", Source.csv(folder + "/2023-*.csv", Reading.class));
        out.println("readings on each engine: " + counts);

        // Each engine sums up its own part, and only the sums come here.
        Map<String, Mean> means = new TreeMap<>();
        for (Map<String, Mean> part : all.apply(names -> Mean.byStation(names.get("readings")))) {
            part.forEach((station, mean) -> means.merge(station, mean, Mean::with));
        }
        means.forEach((station, mean) -> out.printf("mean of %s: %.2f °C%n", station, mean.celsius()));

        // A function of each element, whose values stay where the elements are, and their greatest.
        all.mapOver("readings", Reading::celsius, "celsius");
        out.printf(
                "warmest: %.2f °C%n", all.<Double>reduce("celsius", Math::max).orElseThrow());

        // Into a map of the grid's Hazelcast cluster, and back from it: a source like any other.
        all.mapOver("readings", Reading::entry, "entries");
        out.println("entries put into the map: " + all.gatherInto("entries", "celsius by station and hour"));
        List<Long> back = all.scatterFrom("back", Source.map("celsius by station and hour"));
        out.println("entries read from the map: "
                + back.stream().mapToLong(Long::longValue).sum());

        all.remove("readings", "celsius", "entries", "back");
    }

    /** A file for each month, with what a formula has measured. */
    static void writeYear(Path folder) throws IOException {
        LocalDate day = LocalDate.of(YEAR, 1, 1);
        while (day.getYear() == YEAR) {
            Path file = folder.resolve("%d-%02d.csv".formatted(YEAR, day.getMonthValue()));
            try (Writer month = Files.newBufferedWriter(file)) {
                month.write("station,day,hour,celsius\n");
                LocalDate next = day.plusMonths(1);
                for (; day.isBefore(next); day = day.plusDays(1)) {
                    writeDay(month, day);
                }
            }
        }
    }

    private static void writeDay(Writer month, LocalDate day) throws IOException {
        for (int station = 0; station < STATIONS.size(); station++) {
            for (int hour = 0; hour < HOURS; hour++) {
                double season = -12 * Math.cos(2 * Math.PI * day.getDayOfYear() / 365);
                double daily = -4 * Math.cos(2 * Math.PI * hour / HOURS);
                month.write("%s,%s,%d,%s%n"
                        .formatted(
                                STATIONS.get(station),
                                day,
                                hour,
                                Math.round((10 - 3 * station + season + daily) * 100) / 100.0));
            }
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}

/** A row of a file. */
record Reading(String station, LocalDate day, int hour, double celsius) {
    /** What a map can hold: key and value of types that every JVM has. */
    Map.Entry<String, Double> entry() {
        return Map.entry(station + " " + day + " " + hour, celsius);
    }
}

/** A sum on its way to a mean. */
record Mean(double sum, long count) {
    static Map<String, Mean> byStation(List<Reading> readings) {
        Map<String, Mean> means = new HashMap<>();
        for (Reading reading : readings) {
            means.merge(reading.station(), new Mean(reading.celsius(), 1), Mean::with);
        }
        return means;
    }

    Mean with(Mean other) {
        return new Mean(sum + other.sum, count + other.count);
    }

    double celsius() {
        return sum / count;
    }
}
