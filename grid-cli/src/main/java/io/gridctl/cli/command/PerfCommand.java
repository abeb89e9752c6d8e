package io.gridctl.cli.command;

import io.gridctl.cli.output.Format;
import io.gridctl.cli.output.Json;
import io.gridctl.node.cluster.GridHome;
import io.gridctl.node.cluster.GridLauncher;
import io.gridctl.node.cluster.LaunchSpec;
import io.gridctl.node.perf.Figure;
import io.gridctl.node.perf.Perf;
import java.io.PrintWriter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code gridctl perf}. */
@Command(
        name = "perf",
        description = {
            "Measure a grid on this machine, each figure beside the best that plain Hazelcast does for the same with the"
                    + " same members, client and settings.",
            "first_task is a program of so many classes that the engine has never seen, until its first result; beside"
                    + " repeat_task, the next call of the largest one, stands an apply of the grid itself.",
            "What is left of the engines' time at 10 ms a task, parked and burning, and skewed work, which stands beside the"
                    + " best schedule that knows all times, are medians of long runs; the first run and the spread are told"
                    + " with them.",
            "Starts engines of its own and stops them at the end. Leave the machine alone meanwhile."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  gridctl perf                        all figures, two engines",
            "  gridctl perf -n 6 --only apply_us,apply_all_us",
            "  gridctl perf -o json                one JSON object a line"
        })
public final class PerfCommand implements Callable<Integer> {
    private static final int ENGINES = 2;

    @Option(
            names = {"-n", "--engines"},
            paramLabel = "N",
            description = "How many engines (default: " + ENGINES + ").")
    private @Nullable Integer engines;

    @Option(names = "--only", paramLabel = "NAME", split = ",", description = "Only these figures.")
    private @Nullable Set<String> only;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table or json (default: ${DEFAULT-VALUE}).")
    private Format format = Format.TABLE;

    @Mixin
    private GridShape shape = new GridShape();

    @Spec
    private CommandSpec command;

    /** Made by the command line. */
    PerfCommand() {}

    @Override
    public Integer call() throws Exception {
        Set<String> wanted = wanted();
        LaunchSpec spec = shape.settings(Optional.of(GridHome.privateName("perf")), Optional.ofNullable(engines))
                .toSpec(GridHome.DEFAULT_NAME, ENGINES);
        GridLauncher.check(spec);
        PrintWriter out = command.commandLine().getOut();
        if (format == Format.TABLE) {
            out.printf(Locale.ROOT, "%-31s %12s %12s %-4s %6s%n", "figure", "grid", "plain", "unit", "ratio");
            out.flush();
        }
        new Perf(GridHome.ofUser(), spec).run(wanted, figure -> {
            out.println(format == Format.JSON ? json(figure) : line(figure));
            out.flush();
        });
        return 0;
    }

    private Set<String> wanted() {
        if (only == null) {
            return new LinkedHashSet<>(Perf.names());
        }
        for (String name : only) {
            if (!Perf.names().contains(name)) {
                throw new ParameterException(
                        command.commandLine(),
                        "there is no figure '" + name + "'; there are " + String.join(", ", Perf.names()));
            }
        }
        if (only.isEmpty()) {
            throw new ParameterException(
                    command.commandLine(), "--only names no figure; there are " + String.join(", ", Perf.names()));
        }
        return only;
    }

    private static String line(Figure figure) {
        return String.format(
                Locale.ROOT,
                "%-31s %12.4g %12s %-4s %6s%s",
                figure.name(),
                figure.value(),
                text("%.4g", figure.raw()),
                figure.unit(),
                text("%.2f", figure.ratio()),
                spread(figure.runs()));
    }

    /** Of long runs: the first, on a grid that has not warmed up, and how far all of them lie apart. */
    private static String spread(List<Double> runs) {
        return runs.isEmpty()
                ? ""
                : String.format(
                        Locale.ROOT,
                        "  first %.4g, all %.4g to %.4g",
                        runs.get(0),
                        Collections.min(runs),
                        Collections.max(runs));
    }

    private static String text(String format, OptionalDouble number) {
        return number.isPresent() ? String.format(Locale.ROOT, format, number.getAsDouble()) : "-";
    }

    private static String json(Figure figure) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", figure.name());
        fields.put("value", figure.value());
        fields.put("unit", figure.unit());
        fields.put("raw", figure.raw().isPresent() ? figure.raw().getAsDouble() : null);
        if (!figure.runs().isEmpty()) {
            fields.put("runs", figure.runs());
        }
        return Json.line(fields);
    }
}
