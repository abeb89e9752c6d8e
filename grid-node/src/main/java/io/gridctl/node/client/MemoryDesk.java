package io.gridctl.node.client;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.gridctl.EngineInfo;
import io.gridctl.GridMemory;
import io.gridctl.GridMemory.EngineMemory;
import io.gridctl.GridMemory.Value;
import io.gridctl.node.code.StoredListing;
import io.gridctl.node.task.GridObjects;
import io.gridctl.node.task.MemoryCall;
import io.gridctl.node.task.MemoryReply;
import io.gridctl.node.task.ReadHeading;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks into the grid's maps and asks engines what they hold. */
final class MemoryDesk {
    private static final Logger log = LoggerFactory.getLogger(MemoryDesk.class);
    private static final long PATIENCE_SECONDS = 2;

    private final ClientCore core;
    private final EngineDirectory directory;

    MemoryDesk(ClientCore core, EngineDirectory directory) {
        this.core = core;
        this.directory = directory;
    }

    GridMemory memory(String name) throws InterruptedException {
        core.ensureOpen();
        HazelcastInstance hazelcast = core.hazelcast();
        List<EngineInfo> known = directory.known();
        List<@Nullable CompletableFuture<@Nullable Object>> asked = new ArrayList<>();
        for (EngineInfo info : known) {
            asked.add(directory
                    .ready(info.id())
                    .map(link -> link.ask(new MemoryCall()))
                    .orElse(null));
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        List<EngineMemory> engines = new ArrayList<>();
        for (int index = 0; index < known.size(); index++) {
            int id = known.get(index).id();
            List<Value> values = values(hazelcast, id);
            engines.add(await(id, asked.get(index), deadline)
                    .map(reply -> new EngineMemory(
                            id,
                            true,
                            reply.heapUsedBytes(),
                            reply.heapMaxBytes(),
                            values,
                            reply.classes(),
                            reply.functions(),
                            reply.results()))
                    .orElseGet(() -> new EngineMemory(id, false, 0, 0, values, List.of(), List.of(), List.of())));
        }
        IMap<String, byte[]> code = hazelcast.getMap(GridObjects.CODE);
        return new GridMemory(name, engines, StoredListing.of(code).programs());
    }

    /** From the map that holds them, so that those of an engine that is down are there too. */
    private static List<Value> values(HazelcastInstance hazelcast, int engineId) {
        List<Value> values = new ArrayList<>();
        new TreeMap<>(ReadHeading.all(hazelcast, engineId))
                .forEach((name, value) -> values.add(new Value(
                        name,
                        value.typeName(),
                        value.length(),
                        Optional.of(value.program()).filter(program -> !program.isEmpty()),
                        Optional.ofNullable(value.blob()))));
        return values;
    }

    private static Optional<MemoryReply> await(
            int engineId, @Nullable CompletableFuture<@Nullable Object> asked, long deadline)
            throws InterruptedException {
        if (asked == null) {
            return Optional.empty();
        }
        try {
            Object reply = asked.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            return reply instanceof MemoryReply memory ? Optional.of(memory) : Optional.empty();
        } catch (TimeoutException | ExecutionException e) {
            log.debug("engine {} did not answer", engineId, e);
            return Optional.empty();
        }
    }
}
