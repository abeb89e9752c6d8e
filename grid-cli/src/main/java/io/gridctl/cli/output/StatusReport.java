package io.gridctl.cli.output;

import io.gridctl.EngineInfo;
import io.gridctl.EngineStatus;
import io.gridctl.GridStatus;
import io.gridctl.node.cluster.GridState;
import io.gridctl.node.cluster.GridState.EngineProcess;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A grid and its engines, for people and for programs.
 *
 * @param status what the engines say
 * @param processes what the anchor says of their processes, empty if it says nothing
 */
public record StatusReport(GridStatus status, Optional<GridState> processes) implements Report {
    private static final long MEGABYTE = 1L << 20;

    /**
     * For people.
     *
     * @return lines
     */
    @Override
    public String toTable() {
        StringBuilder text = new StringBuilder();
        text.append("grid ").append(status.name()).append(", ");
        text.append(status.anchorPid().map(pid -> "anchor " + pid).orElse("no anchor"));
        text.append(status.backedUp() ? ", backed up" : ", not backed up").append(System.lineSeparator());
        Table table = new Table(
                List.of("ID", "INCARNATION", "STATE", "PID", "HOST", "SLOTS", "RUNNING", "WAITING", "DONE", "HEAP"));
        for (EngineStatus engine : status.engines()) {
            EngineInfo info = engine.engine();
            boolean answered = engine.answered();
            table.add(
                    info.id(),
                    info.incarnation(),
                    info.state().name().toLowerCase(Locale.ROOT) + (answered ? "" : " (no answer)"),
                    info.pid(),
                    info.host(),
                    info.slots(),
                    answered ? engine.running() : "-",
                    answered ? engine.waiting() : "-",
                    answered ? engine.done() : "-",
                    answered
                            ? engine.heapUsedBytes() / MEGABYTE + " of " + engine.heapMaxBytes() / MEGABYTE + " MB"
                            : "-");
        }
        text.append(table);
        for (EngineProcess engine : troubled()) {
            text.append("engine ").append(engine.id()).append(": ").append(engine.message());
            text.append(System.lineSeparator());
        }
        for (EngineProcess engine : restarted()) {
            text.append("engine ").append(engine.id()).append(" was started again");
            text.append(engine.restarts() == 1 ? "" : " " + engine.restarts() + " times, the last time");
            text.append(" because ").append(engine.lastEnd()).append(System.lineSeparator());
        }
        return text.toString();
    }

    /**
     * For programs: one object.
     *
     * @return a line
     */
    @Override
    public String toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("grid", status.name());
        json.put("anchor", status.anchorPid().orElse(null));
        json.put("backedUp", status.backedUp());
        json.put("engines", status.engines().stream().map(StatusReport::fields).toList());
        json.put(
                "troubles",
                troubled().stream()
                        .map(engine -> Map.of("id", engine.id(), "message", engine.message()))
                        .toList());
        json.put(
                "restarts",
                restarted().stream()
                        .map(engine ->
                                Map.of("id", engine.id(), "times", engine.restarts(), "because", engine.lastEnd()))
                        .toList());
        return Json.line(json) + System.lineSeparator();
    }

    private static Map<String, Object> fields(EngineStatus engine) {
        EngineInfo info = engine.engine();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", info.id());
        fields.put("incarnation", info.incarnation());
        fields.put("state", info.state().name().toLowerCase(Locale.ROOT));
        fields.put("pid", info.pid());
        fields.put("host", info.host());
        fields.put("slots", info.slots());
        fields.put("running", engine.running());
        fields.put("waiting", engine.waiting());
        fields.put("done", engine.done());
        fields.put("heapUsedBytes", engine.heapUsedBytes());
        fields.put("heapMaxBytes", engine.heapMaxBytes());
        fields.put("answered", engine.answered());
        fields.put("tags", new TreeSet<>(info.tags()));
        return fields;
    }

    /** Those whose trouble is over. */
    private List<EngineProcess> restarted() {
        return processes.map(GridState::engines).orElse(List.of()).stream()
                .filter(engine -> engine.restarts() > 0 && engine.message().isEmpty())
                .toList();
    }

    private List<EngineProcess> troubled() {
        return processes.map(GridState::engines).orElse(List.of()).stream()
                .filter(engine -> !engine.message().isEmpty())
                .toList();
    }
}
