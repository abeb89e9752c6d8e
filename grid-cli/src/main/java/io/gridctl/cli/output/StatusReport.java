package io.gridctl.cli.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gridctl.EngineInfo;
import io.gridctl.EngineStatus;
import io.gridctl.GridStatus;
import io.gridctl.node.cluster.GridState;
import io.gridctl.node.cluster.GridState.EngineProcess;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A grid and its engines, for people and for programs.
 *
 * @param status what the engines say
 * @param processes what the anchor says of their processes, empty if it says nothing
 */
public record StatusReport(GridStatus status, Optional<GridState> processes) {
    private static final long MEGABYTE = 1L << 20;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /**
     * For people.
     *
     * @return lines
     */
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
        return text.toString();
    }

    /**
     * For programs: one object.
     *
     * @return a line
     */
    public String toJson() {
        ObjectNode json = MAPPER.createObjectNode().put("grid", status.name());
        status.anchorPid().ifPresentOrElse(pid -> json.put("anchor", pid), () -> json.putNull("anchor"));
        json.put("backedUp", status.backedUp());
        var engines = json.putArray("engines");
        for (EngineStatus engine : status.engines()) {
            EngineInfo info = engine.engine();
            ObjectNode entry = engines.addObject()
                    .put("id", info.id())
                    .put("incarnation", info.incarnation())
                    .put("state", info.state().name().toLowerCase(Locale.ROOT))
                    .put("pid", info.pid())
                    .put("host", info.host())
                    .put("slots", info.slots())
                    .put("running", engine.running())
                    .put("waiting", engine.waiting())
                    .put("done", engine.done())
                    .put("heapUsedBytes", engine.heapUsedBytes())
                    .put("heapMaxBytes", engine.heapMaxBytes())
                    .put("answered", engine.answered());
            new TreeSet<>(info.tags()).forEach(entry.putArray("tags")::add);
        }
        var troubles = json.putArray("troubles");
        for (EngineProcess engine : troubled()) {
            troubles.addObject().put("id", engine.id()).put("message", engine.message());
        }
        try {
            return MAPPER.writeValueAsString(json) + System.lineSeparator();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values is always JSON", e);
        }
    }

    private List<EngineProcess> troubled() {
        return processes.map(GridState::engines).orElse(List.of()).stream()
                .filter(engine -> !engine.message().isEmpty())
                .toList();
    }
}
