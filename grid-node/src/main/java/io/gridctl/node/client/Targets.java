package io.gridctl.node.client;

import io.gridctl.EngineInfo;
import io.gridctl.EngineSelector;
import io.gridctl.NoEnginesException;
import io.gridctl.NoSuchEngineException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

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
                .map(byInfo::get)
                .toList();
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
}
