package io.gridctl.cli.command;

import io.gridctl.cli.output.Format;
import io.gridctl.cli.output.Json;
import io.gridctl.node.cluster.GridHome;
import io.gridctl.node.perf.Figure;
import io.gridctl.node.perf.Perf;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
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
            "Starts engines of its own and stops them at the end. Leave the machine alone meanwhile."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  gridctl perf                        all figures, two engines",
            "  gridctl perf -n 6 --only apply_us,apply_all_us",
            "  gridctl perf -o json                one JSON object a line"
        })
public final class PerfCommand implements Callable<Integer> {
    @Option(
            names = {"-n", "--engines"},
            paramLabel = "N",
            defaultValue = "2",
            description = "How many engines (default: ${DEFAULT-VALUE}).")
    private int engines = 2;

    @Option(names = "--only", paramLabel = "NAME", split = ",", description = "Only these figures.")
    private Set<String> only = new LinkedHashSet<>();

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
        for (String name : only) {
            if (!Perf.names().contains(name)) {
                throw new ParameterException(
                        command.commandLine(),
                        "there is no figure '" + name + "'; there are " + String.join(", ", Perf.names()));
            }
        }
        Set<String> wanted = only.isEmpty() ? new LinkedHashSet<>(Perf.names()) : only;
        String name = GridHome.privateName("perf");
        PrintWriter out = command.commandLine().getOut();
        if (format == Format.TABLE) {
            out.printf(Locale.ROOT, "%-20s %12s %12s %-4s %6s%n", "figure", "grid", "plain", "unit", "ratio");
            out.flush();
        }
        new Perf(GridHome.ofUser(), shape.spec(name, engines)).run(wanted, figure -> {
            out.println(format == Format.JSON ? json(figure) : line(figure));
            out.flush();
        });
        return 0;
    }

    private static String line(Figure figure) {
        return String.format(
                Locale.ROOT,
                "%-20s %12.4g %12.4g %-4s %6.2f",
                figure.name(),
                figure.value(),
                figure.raw(),
                figure.unit(),
                figure.ratio());
    }

    private static String json(Figure figure) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", figure.name());
        fields.put("value", figure.value());
        fields.put("unit", figure.unit());
        fields.put("raw", figure.raw());
        return Json.line(fields);
    }
}
