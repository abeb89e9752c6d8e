package io.gridctl.node.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an anchor says of itself and its engines, for whoever starts, stops or looks at the grid.
 *
 * @param anchor the anchor's process
 * @param phase how far the grid is
 * @param message why it failed, empty if it did not
 * @param engines one entry per id, in order
 */
public record GridState(ProcessId anchor, Phase phase, String message, List<EngineProcess> engines) {
    /** How far a grid is. */
    public enum Phase {
        /** Engines come up for the first time. */
        STARTING,
        /** All of them were ready once. */
        RUNNING,
        /** One of them could not be started; everything ends. */
        FAILED,
        /** Somebody ended the grid. */
        STOPPING
    }

    /** How far an engine's process is. */
    public enum EnginePhase {
        /** Its process runs and has not yet joined. */
        STARTING,
        /** It takes work. */
        READY,
        /** It died and will be started again. */
        WAITING,
        /** It died too often and will not be started again. */
        GIVEN_UP
    }

    /**
     * One engine's process.
     *
     * @param id the engine
     * @param process its process, the last one if it died, empty if none was ever started
     * @param phase how far it is
     * @param restarts how often it was started again
     * @param message what is wrong with it, empty if nothing is
     * @param lastEnd why its last process ended, empty if none did
     */
    public record EngineProcess(
            int id, Optional<ProcessId> process, EnginePhase phase, int restarts, String message, String lastEnd) {}

    /** Copies the list. */
    public GridState {
        engines = List.copyOf(engines);
    }

    /**
     * How many engines take work.
     *
     * @return the number
     */
    public int readyEngines() {
        return (int) engines.stream()
                .filter(engine -> engine.phase() == EnginePhase.READY)
                .count();
    }

    void write(Path file) throws IOException {
        Map<String, Object> anchorFields = new LinkedHashMap<>();
        anchor.into(anchorFields);
        List<Map<String, Object>> entries = new ArrayList<>();
        for (EngineProcess engine : engines) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("id", engine.id());
            engine.process().ifPresent(process -> process.into(entry));
            entry.put("phase", engine.phase().name());
            entry.put("restarts", engine.restarts());
            entry.put("message", engine.message());
            entry.put("lastEnd", engine.lastEnd());
            entries.add(entry);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("anchor", anchorFields);
        json.put("phase", phase.name());
        json.put("message", message);
        json.put("engines", entries);
        JsonFiles.write(file, json);
    }

    static Optional<GridState> read(Path file) {
        try {
            return parse(JsonFiles.read(file));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty(); // a left-over that was never finished, or of another gridctl
        }
    }

    private static Optional<GridState> parse(JsonFields json) {
        List<EngineProcess> engines = new ArrayList<>();
        for (JsonFields entry : json.objects("engines")) {
            engines.add(new EngineProcess(
                    (int) entry.number("id").orElse(-1),
                    ProcessId.from(entry),
                    EnginePhase.valueOf(entry.text("phase").orElse("")),
                    (int) entry.number("restarts").orElse(0),
                    entry.text("message").orElse(""),
                    entry.text("lastEnd").orElse("")));
        }
        Phase phase = Phase.valueOf(json.text("phase").orElse(""));
        String message = json.text("message").orElse("");
        return ProcessId.from(json.object("anchor")).map(anchor -> new GridState(anchor, phase, message, engines));
    }
}
