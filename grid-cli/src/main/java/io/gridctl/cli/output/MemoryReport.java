package io.gridctl.cli.output;

import io.gridctl.GridMemory;
import io.gridctl.GridMemory.EngineMemory;
import io.gridctl.GridMemory.ProgramClasses;
import io.gridctl.GridMemory.ProgramFunctions;
import io.gridctl.GridMemory.Results;
import io.gridctl.GridMemory.Value;
import java.lang.constant.ClassDesc;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * What a grid holds, for people and for programs.
 *
 * @param memory what the grid says
 */
public record MemoryReport(GridMemory memory) implements Report {
    private static final int SHORT_ID = 8;
    private static final long STEP = 1024;
    private static final List<String> UNITS = List.of("B", "KB", "MB", "GB", "TB");

    /** One thing that is held. */
    private record Line(String where, String what, String name, String detail, String owner, long bytes) {}

    /**
     * For people: the largest first.
     *
     * @return lines
     */
    @Override
    public String toTable() {
        StringBuilder text = new StringBuilder();
        text.append("grid ").append(memory.name()).append(" holds ");
        text.append(size(memory.valueBytes())).append(" of values, ");
        text.append(size(memory.classBytes())).append(" of classes, ");
        text.append(size(memory.functionBytes())).append(" of functions, ");
        text.append(size(memory.resultBytes())).append(" of results").append(System.lineSeparator());
        Table engines = new Table(List.of("ENGINE", "HEAP", "VALUES", "CLASSES", "RESULTS"));
        for (EngineMemory engine : memory.engines()) {
            boolean answered = engine.answered();
            engines.add(
                    engine.engine(),
                    answered ? size(engine.heapUsedBytes()) + " of " + size(engine.heapMaxBytes()) : "no answer",
                    engine.values().size(),
                    answered
                            ? engine.loadedClasses().stream()
                                    .mapToInt(ProgramClasses::classes)
                                    .sum()
                            : "-",
                    answered
                            ? engine.results().stream()
                                    .mapToInt(Results::results)
                                    .sum()
                            : "-");
        }
        text.append(engines);
        List<Line> lines = lines();
        if (!lines.isEmpty()) {
            Table held = new Table(List.of("SIZE", "WHERE", "KIND", "NAME", "WHAT", "OWNER"));
            lines.stream()
                    .sorted(Comparator.comparingLong(Line::bytes).reversed())
                    .forEach(line -> held.add(
                            size(line.bytes()), line.where(), line.what(), line.name(), line.detail(), line.owner()));
            text.append(held);
        }
        return text.toString();
    }

    private List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        for (EngineMemory engine : memory.engines()) {
            String where = "engine " + engine.engine();
            for (Value value : engine.values()) {
                String owner = value.program()
                        .map(program -> "program " + shortId(program))
                        .orElse("-");
                lines.add(new Line(
                        where,
                        value.shared().isPresent() ? "shared value" : "value",
                        value.name(),
                        readable(value.typeName()),
                        owner,
                        value.bytes()));
            }
            engine.loadedClasses().forEach(classes -> lines.add(line(where, "loaded classes", classes)));
            for (ProgramFunctions functions : engine.functions()) {
                lines.add(new Line(
                        where,
                        "functions",
                        "program " + shortId(functions.program()),
                        functions.functions() + " with what they capture",
                        client(functions.client()),
                        functions.bytes()));
            }
            for (Results results : engine.results()) {
                lines.add(new Line(
                        where,
                        "results",
                        "-",
                        results.results() + " not fetched yet",
                        client(results.client()),
                        results.bytes()));
            }
        }
        memory.storedClasses().forEach(classes -> lines.add(line("grid", "stored classes", classes)));
        return lines;
    }

    private static Line line(String where, String what, ProgramClasses classes) {
        return new Line(
                where,
                what,
                "program " + shortId(classes.program()),
                classes.classes() + " classes",
                client(classes.client()),
                classes.bytes());
    }

    /** A class name with its brackets behind it, as in a source. */
    private static String readable(String typeName) {
        if (!typeName.startsWith("[")) {
            return typeName;
        }
        ClassDesc type = ClassDesc.ofDescriptor(typeName.replace('.', '/'));
        ClassDesc element = type;
        while (element.isArray()) {
            element = element.componentType();
        }
        String home = element.packageName();
        return (home.isEmpty() ? "" : home + ".") + type.displayName();
    }

    private static String client(UUID client) {
        return "client " + shortId(client.toString());
    }

    private static String shortId(String id) {
        return id.substring(0, Math.min(SHORT_ID, id.length()));
    }

    private static String size(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= STEP && unit < UNITS.size() - 1) {
            value /= STEP;
            unit++;
        }
        return (unit == 0 ? Long.toString(bytes) : String.format(Locale.ROOT, "%.1f", value)) + " " + UNITS.get(unit);
    }

    /**
     * For programs: one object.
     *
     * @return a line
     */
    @Override
    public String toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("grid", memory.name());
        json.put("valueBytes", memory.valueBytes());
        json.put("classBytes", memory.classBytes());
        json.put("functionBytes", memory.functionBytes());
        json.put("resultBytes", memory.resultBytes());
        json.put("engines", memory.engines().stream().map(MemoryReport::fields).toList());
        json.put(
                "storedClasses",
                memory.storedClasses().stream().map(MemoryReport::fields).toList());
        return Json.line(json) + System.lineSeparator();
    }

    private static Map<String, Object> fields(EngineMemory engine) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", engine.engine());
        fields.put("answered", engine.answered());
        fields.put("heapUsedBytes", engine.heapUsedBytes());
        fields.put("heapMaxBytes", engine.heapMaxBytes());
        fields.put("values", engine.values().stream().map(MemoryReport::fields).toList());
        fields.put(
                "loadedClasses",
                engine.loadedClasses().stream().map(MemoryReport::fields).toList());
        fields.put(
                "functions",
                engine.functions().stream().map(MemoryReport::fields).toList());
        fields.put(
                "results", engine.results().stream().map(MemoryReport::fields).toList());
        return fields;
    }

    private static Map<String, Object> fields(Value value) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", value.name());
        fields.put("type", value.typeName());
        fields.put("bytes", value.bytes());
        fields.put("program", value.program().orElse(null));
        fields.put("shared", value.shared().map(UUID::toString).orElse(null));
        return fields;
    }

    private static Map<String, Object> fields(ProgramClasses classes) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("program", classes.program());
        fields.put("client", classes.client().toString());
        fields.put("classes", classes.classes());
        fields.put("bytes", classes.bytes());
        return fields;
    }

    private static Map<String, Object> fields(ProgramFunctions functions) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("program", functions.program());
        fields.put("client", functions.client().toString());
        fields.put("functions", functions.functions());
        fields.put("bytes", functions.bytes());
        return fields;
    }

    private static Map<String, Object> fields(Results results) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("client", results.client().toString());
        fields.put("results", results.results());
        fields.put("bytes", results.bytes());
        return fields;
    }
}
