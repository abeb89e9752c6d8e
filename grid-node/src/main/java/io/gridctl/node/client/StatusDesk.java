package io.gridctl.node.client;

import com.hazelcast.cluster.Member;
import io.gridctl.EngineInfo;
import io.gridctl.EngineStatus;
import io.gridctl.GridStatus;
import io.gridctl.node.HazelcastSettings;
import io.gridctl.node.task.EngineLoad;
import io.gridctl.node.task.LoadCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks engines what they are doing. */
final class StatusDesk {
    private static final Logger log = LoggerFactory.getLogger(StatusDesk.class);
    private static final long PATIENCE_SECONDS = 2;

    private final ClientCore core;
    private final EngineDirectory directory;

    StatusDesk(ClientCore core, EngineDirectory directory) {
        this.core = core;
        this.directory = directory;
    }

    EngineStatus status(EngineLink link) throws InterruptedException {
        return await(link.engine().info(), link.ask(new LoadCall()), deadline());
    }

    GridStatus status(String name) throws InterruptedException {
        core.ensureOpen();
        List<EngineInfo> known = directory.known();
        List<@Nullable CompletableFuture<@Nullable Object>> asked = new ArrayList<>();
        for (EngineInfo info : known) {
            asked.add(directory
                    .ready(info.id())
                    .map(link -> link.ask(new LoadCall()))
                    .orElse(null));
        }
        long deadline = deadline();
        List<EngineStatus> engines = new ArrayList<>();
        for (int index = 0; index < known.size(); index++) {
            engines.add(await(known.get(index), asked.get(index), deadline));
        }
        Optional<Long> anchor = core.hazelcast().getCluster().getMembers().stream()
                .filter(HazelcastSettings::isAnchor)
                .findFirst()
                .map(StatusDesk::pid);
        return new GridStatus(name, anchor, anchor.isPresent(), engines);
    }

    private static long pid(Member anchor) {
        return Long.parseLong(anchor.getAttribute(HazelcastSettings.PID_ATTRIBUTE));
    }

    private static long deadline() {
        return System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    }

    private static EngineStatus await(
            EngineInfo info, @Nullable CompletableFuture<@Nullable Object> asked, long deadline)
            throws InterruptedException {
        if (asked != null) {
            try {
                if (asked.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS)
                        instanceof EngineLoad load) {
                    return new EngineStatus(
                            info,
                            load.running(),
                            load.waiting(),
                            load.done(),
                            load.heapUsedBytes(),
                            load.heapMaxBytes(),
                            true);
                }
            } catch (TimeoutException | ExecutionException e) {
                log.debug("engine {} did not answer", info.id(), e);
            }
        }
        return new EngineStatus(info, 0, 0, 0, 0, 0, false);
    }
}
