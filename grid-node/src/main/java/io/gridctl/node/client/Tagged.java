package io.gridctl.node.client;

import org.jspecify.annotations.Nullable;

/** Output with the engine before each line. */
final class Tagged {
    private Tagged() {}

    static void append(StringBuilder text, String stream, @Nullable EngineRef engine, String printed) {
        printed.lines()
                .forEach(line -> text.append('[')
                        .append(stream)
                        .append(':')
                        .append(engine == null ? "?" : engine.id())
                        .append("] ")
                        .append(line)
                        .append('\n'));
    }
}
