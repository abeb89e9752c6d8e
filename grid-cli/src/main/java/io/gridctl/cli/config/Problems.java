package io.gridctl.cli.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** All that is wrong with a configuration file, told from its top to its end. */
final class Problems {
    private final Path file;
    private final List<Problem> found = new ArrayList<>();

    private record Problem(int line, String text) {}

    Problems(Path file) {
        this.file = file;
    }

    void add(Node where, String what) {
        add(where.getStartMark(), what);
    }

    void add(Optional<Mark> where, String what) {
        int line = where.map(mark -> mark.getLine() + 1).orElse(0);
        found.add(new Problem(line, file + (line > 0 ? ":" + line : "") + ": " + what));
    }

    void throwIfAny() {
        if (!found.isEmpty()) {
            throw new IllegalArgumentException(found.stream()
                    .sorted(Comparator.comparingInt(Problem::line))
                    .map(Problem::text)
                    .collect(Collectors.joining(System.lineSeparator())));
        }
    }
}
