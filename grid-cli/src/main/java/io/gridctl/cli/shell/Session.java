package io.gridctl.cli.shell;

import io.gridctl.DirectView;
import io.gridctl.EngineSelector;
import io.gridctl.Grid;
import io.gridctl.MapResult;
import io.gridctl.TextReply;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the line forms of one shell share. For the shell's thread. */
final class Session {
    private final Grid grid;
    private final LocalJava java;
    private final Printer printer;
    private EngineSelector targets = EngineSelector.all();
    private @Nullable MapResult<TextReply> last;
    private boolean auto;

    Session(Grid grid, LocalJava java, Printer printer) {
        this.grid = grid;
        this.java = java;
        this.printer = printer;
    }

    Grid grid() {
        return grid;
    }

    LocalJava java() {
        return java;
    }

    Printer printer() {
        return printer;
    }

    /** The engines that a form is for: those it names, or else those that %targets has named. */
    DirectView view(@Nullable EngineSelector named) {
        return grid.engines(named == null ? targets : named);
    }

    void setTargets(EngineSelector named) {
        targets = named;
    }

    /** The last text that was sent. */
    Optional<MapResult<TextReply>> last() {
        return Optional.ofNullable(last);
    }

    void setLast(MapResult<TextReply> sent) {
        last = sent;
    }

    /** Whether Java without a form is for the engines. */
    boolean isAuto() {
        return auto;
    }

    void setAuto(boolean on) {
        auto = on;
    }
}
