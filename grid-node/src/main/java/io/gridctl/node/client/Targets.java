package io.gridctl.node.client;

import io.gridctl.EngineInfo;
import io.gridctl.EngineSelector;
import io.gridctl.NoEnginesException;
import io.gridctl.NoSuchEngineException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Settles which engines a call uses. */
final class Targets {
    private final ClientCore core;
    private final EngineDirectory directory;

    Targets(ClientCore core, EngineDirectory directory) {
        this.core = core;
        this.directory = directory;
    }

    /** The engines that a selector picks, maybe none. */
    List<EngineLink> present(EngineSelector selector) {
        core.ensureOpen();
        List<EngineLink> ready = directory.ready();
        Map<EngineInfo, EngineLink> byInfo =
                ready.stream().collect(Collectors.toMap(link -> link.engine().info(), Function.identity()));
        return selector.select(ready.stream().map(link -> link.engine().info()).toList()).stream()
                .map(info -> chosen(byInfo, info))
                .toList();
    }

    /** A selector is the user's code, and may give what it was not given. */
    private EngineLink chosen(Map<EngineInfo, EngineLink> byInfo, @Nullable EngineInfo info) {
        EngineLink link = byInfo.get(Objects.requireNonNull(info, "the selector gave null for an engine"));
        if (link == null) {
            throw new NoSuchEngineException(info.id(), ids());
        }
        return link;
    }

    /** The engines of a call, at least one. */
    List<EngineLink> select(EngineSelector selector) {
        List<EngineLink> present = present(selector);
        if (present.isEmpty()) {
            throw new NoEnginesException(
                    directory.ready().isEmpty()
                            ? "no engine is ready; wait for some with Grid.awaitEngines, or see `gridctl status`"
                            : "the selection matches none of the engines " + ids());
        }
        return present;
    }

    EngineLink one(int id) {
        core.ensureOpen();
        return directory.ready(id).orElseThrow(() -> new NoSuchEngineException(id, ids()));
    }

    List<Integer> ids() {
        return directory.ready().stream().map(EngineLink::engineId).toList();
    }

    /** For people to read; a selector, which is the user's code, may fail. */
    String describe(EngineSelector selector) {
        try {
            return "engines "
                    + present(selector).stream().map(EngineLink::engineId).toList();
        } catch (RuntimeException failed) {
            return "engines, of which none can be chosen: " + failed;
        }
    }
}
