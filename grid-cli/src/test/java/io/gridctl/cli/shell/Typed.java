package io.gridctl.cli.shell;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Inputs as somebody at a terminal gives them, who goes on after a failure. */
record Typed(Deque<String> lines) implements Input {
    Typed(List<String> lines) {
        this(new ArrayDeque<>(lines));
    }

    @Override
    public Optional<String> next(int number) {
        return Optional.ofNullable(lines.poll());
    }

    @Override
    public boolean isScript() {
        return false;
    }

    @Override
    public void close() {}
}
