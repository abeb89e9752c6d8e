package io.gridctl.node.engine;

import com.hazelcast.map.IMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an engine's texts know, kept in the grid for the process that fills the engine's id next.
 *
 * <p>For one thread at a time. Writes wait for the map.
 */
final class TextLog {
    /** Between entries; no source has it. */
    private static final String SEPARATOR = "\u0000";
    /** Begins an entry that says for what type of value a name was declared; no source begins with it. */
    private static final String FOR_VALUE = "\u0001";

    private final int engineId;
    private final IMap<Integer, String> map;
    private String written = "";

    /**
     * What is declared.
     *
     * @param declarations sources, in order
     * @param valueTypes names that were declared for a value rather than by a text, to the value's type
     */
    record Known(List<String> declarations, Map<String, String> valueTypes) {}

    TextLog(int engineId, IMap<Integer, String> map) {
        this.engineId = engineId;
        this.map = map;
    }

    Known read() {
        written = map.getOrDefault(engineId, "");
        List<String> declarations = new ArrayList<>();
        Map<String, String> valueTypes = new LinkedHashMap<>();
        for (String entry : written.isEmpty() ? new String[0] : written.split(SEPARATOR)) {
            if (entry.startsWith(FOR_VALUE)) {
                int end = entry.indexOf(' ');
                valueTypes.put(entry.substring(FOR_VALUE.length(), end), entry.substring(end + 1));
            } else {
                declarations.add(entry);
            }
        }
        return new Known(declarations, valueTypes);
    }

    /** Does nothing if that is there already. */
    void write(Known known) {
        List<String> entries = new ArrayList<>(known.declarations());
        known.valueTypes().forEach((name, type) -> entries.add(FOR_VALUE + name + " " + type));
        String text = String.join(SEPARATOR, entries);
        if (!text.equals(written)) {
            map.set(engineId, text);
            written = text;
        }
    }
}
