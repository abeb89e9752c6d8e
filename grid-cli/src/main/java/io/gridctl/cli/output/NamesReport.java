package io.gridctl.cli.output;

import io.gridctl.NamedValue;
import java.util.List;
import java.util.Map;

/**
 * The names on engines, for people.
 *
 * @param names per engine id its names in order
 */
public record NamesReport(Map<Integer, List<NamedValue>> names) {
    /**
     * A line per engine and name.
     *
     * @return lines
     */
    public String toTable() {
        Table table = new Table(List.of("ENGINE", "NAME", "TYPE", "BYTES"));
        names.forEach((engine, values) ->
                values.forEach(value -> table.add(engine, value.name(), typeOf(value), value.bytes())));
        return table.toString();
    }

    private static String typeOf(NamedValue value) {
        return value.typeName().startsWith("[") ? arrayType(value.typeName()) : value.typeName();
    }

    /** Of the JVM's name of an array's class, what one would write. */
    private static String arrayType(String name) {
        int depth = name.lastIndexOf('[') + 1;
        String element = switch (name.charAt(depth)) {
            case 'Z' -> "boolean";
            case 'B' -> "byte";
            case 'C' -> "char";
            case 'S' -> "short";
            case 'I' -> "int";
            case 'J' -> "long";
            case 'F' -> "float";
            case 'D' -> "double";
            default -> name.substring(depth + 1, name.length() - 1);
        };
        return element + "[]".repeat(depth);
    }
}
