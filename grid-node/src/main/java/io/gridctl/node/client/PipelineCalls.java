package io.gridctl.node.client;

import com.hazelcast.core.DistributedObject;
import com.hazelcast.map.IMap;
import io.gridctl.GridException;
import io.gridctl.RecordRows;
import io.gridctl.Source;
import io.gridctl.node.client.PipelineRun.PipelineFailure;
import io.gridctl.node.code.Shipment;
import io.gridctl.node.pipeline.PipelineOrder;
import io.gridctl.node.pipeline.PipelineOrder.Share;
import io.gridctl.node.pipeline.PipelineReport;
import io.gridctl.node.pipeline.Pipelines;
import io.gridctl.node.task.CallShape;
import io.gridctl.node.task.CodePack;
import io.gridctl.node.task.CurrentSlot;
import io.gridctl.node.task.FrameCall;
import io.gridctl.node.task.FunctionPack;
import io.gridctl.node.task.Layout;
import io.gridctl.node.task.PushCall.NamedBytes;
import io.gridctl.node.task.StoredValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Calls whose data goes from where it is to where it is to be without passing through this client. */
final class PipelineCalls {
    private static final String LIST_TYPE = ArrayList.class.getName();

    private final ClientCore core;
    private final Calls calls;
    private final ScatterCalls scatters;
    private final ClientStore store;

    PipelineCalls(ClientCore core, Calls calls, ScatterCalls scatters) {
        this.core = core;
        this.calls = calls;
        this.scatters = scatters;
        store = new ClientStore(core);
    }

    /** Reads a source into a part on each engine. Names are written when all parts are stored, and not before. */
    PipelineResult<List<Long>> scatterFrom(List<EngineLink> engines, String name, Source source) {
        core.ensureOpen();
        Calls.requireName(name);
        if (source instanceof Source.MapEntries map) {
            requireMap(map.name());
        }
        Shipment rows = source instanceof Source.Files files && files.type().isPresent()
                ? core.code().shipFunction(new RecordRows(files.type().get()))
                : null;
        List<CodePack> packs = new ArrayList<>(engines.size());
        Map<String, Integer> onHost = new HashMap<>();
        List<String> hosts =
                engines.stream().map(engine -> readersOf(source, engine)).toList();
        List<Share> shares = new ArrayList<>(engines.size());
        for (int at = 0; at < engines.size(); at++) {
            EngineLink engine = engines.get(at);
            String host = hosts.get(at);
            int index = onHost.merge(host, 1, Integer::sum) - 1;
            int count = (int) hosts.stream().filter(host::equals).count();
            FrameCall work = null;
            if (rows != null) {
                packs.add(core.code().pack(engine.engine(), rows.program(), rows.classCount()));
                work = work(rows, packs.get(at));
            }
            UUID member = engine.engine().member().getUuid();
            shares.add(new Share(engine.engineId(), member, index, count, List.of(), work));
        }
        PipelineOrder order = new PipelineOrder(core.clientId(), source, name, shares);
        PipelineRun run = new PipelineRun(core, order, engines, Pipelines::scatterFrom);
        List<Integer> ids = engines.stream().map(EngineLink::engineId).toList();
        CompletableFuture<Stored> stored = run.ended().thenApply(reports -> {
            for (int at = 0; at < packs.size(); at++) {
                core.code().arrived(engines.get(at).engine(), packs.get(at));
            }
            requireSameView(hosts, ids, run.seen());
            List<PipelineReport> parts = ids.stream()
                    .map(id -> Objects.requireNonNull(reports.get(id)))
                    .toList();
            return new Stored(
                    Layout.inARow(
                            Layout.LIST,
                            ids,
                            parts.stream().map(PipelineReport::items).toList()),
                    rows == null ? "" : core.code().keep(rows),
                    parts);
        });
        PipelineResult<List<Long>> result = run(
                engines,
                context -> new PipelineResult.Scattered(context, name, ids),
                run,
                (engine, index) -> name(engine, index, name, stored, rows == null ? List.of() : List.of(rows)));
        result.whenEnded(run::forget);
        run.start();
        return result;
    }

    /** Who reads the same files: all engines, or those of a host. */
    private static String readersOf(Source source, EngineLink engine) {
        return source instanceof Source.Files files && files.ownOfEachHost()
                ? engine.engine().info().host()
                : "";
    }

    private FrameCall work(Shipment function, CodePack code) {
        return new FrameCall(
                core.clientId(),
                0,
                new long[0],
                code,
                CallShape.FUNCTION,
                FunctionPack.unshared(function.payload()),
                List.of(),
                0,
                false,
                0,
                FrameCall.Limits.NONE,
                CurrentSlot.depth());
    }

    /** Parts that have no name yet. */
    private record Stored(Layout layout, String program, List<PipelineReport> parts) {}

    private CompletableFuture<@Nullable Object> name(
            EngineLink engine, int index, String name, CompletableFuture<Stored> stored, List<Shipment> shipments) {
        CompletableFuture<List<NamedBytes>> named = stored.thenApply(all -> {
            PipelineReport part = all.parts().get(index);
            UUID blob = Objects.requireNonNull(part.blob());
            return List.of(new NamedBytes(
                    name,
                    StoredValue.of(LIST_TYPE, all.program(), blob, part.length())
                            .laidOut(all.layout())));
        });
        // What is pushed meanwhile is not to wait for the pipeline.
        return named.thenCompose(ready -> store.push(engine, named, shipments))
                .thenApply(done -> stored.join().parts().get(index).items());
    }

    /**
     * Checks that the engines have shared out the same files.
     *
     * @param hosts of each engine, those with the same files
     * @param ids the engines
     * @param seen what each of them saw
     */
    static void requireSameView(List<String> hosts, List<Integer> ids, Map<Integer, String> seen) {
        Map<String, Integer> first = new HashMap<>();
        for (int at = 0; at < ids.size(); at++) {
            int engine = ids.get(at);
            int other = first.computeIfAbsent(hosts.get(at), host -> engine);
            String mine = seen.getOrDefault(engine, "");
            String others = seen.getOrDefault(other, "");
            if (!mine.equals(others)) {
                throw new GridException("engine " + engine + " sees " + mine + ", and engine " + other + " " + others
                        + ": files that hosts do not share are read with onEachHost(), and files must not change while"
                        + " they are read");
            }
        }
    }

    /** Puts the entries of parts into a map. */
    PipelineResult<Long> gatherInto(List<EngineLink> engines, String name, String map) {
        core.ensureOpen();
        Calls.requireName(name);
        Source.MapEntries into = Source.map(map);
        List<Integer> ids = engines.stream().map(EngineLink::engineId).toList();
        Map<Integer, List<Integer>> readers = new LinkedHashMap<>();
        ids.forEach(id -> readers.put(id, new ArrayList<>()));
        int orphans = 0;
        for (int owner : scatters.layout(ids, name).engines()) {
            int reader = readers.containsKey(owner) ? owner : ids.get(orphans++ % ids.size());
            Objects.requireNonNull(readers.get(reader)).add(owner);
        }
        List<Share> shares = engines.stream()
                .map(engine -> new Share(
                        engine.engineId(),
                        engine.engine().member().getUuid(),
                        0,
                        1,
                        Objects.requireNonNull(readers.get(engine.engineId())),
                        null))
                .toList();
        PipelineOrder order = new PipelineOrder(core.clientId(), into, name, shares);
        PipelineRun run = new PipelineRun(core, order, engines, Pipelines::gatherInto);
        PipelineResult<Long> result = run(
                engines,
                PipelineResult.Gathered::new,
                run,
                (engine, index) -> run.ended()
                        .thenApply(reports -> Objects.requireNonNull(reports.get(engine.engineId()))
                                .items()));
        result.whenEnded(run::forget);
        run.start();
        return result;
    }

    /** A part of a result, once the pipeline has ended. */
    private interface PartOf {
        CompletableFuture<? extends @Nullable Object> of(EngineLink engine, int index);
    }

    private <T> PipelineResult<T> run(
            List<EngineLink> engines, Function<CallContext, PipelineResult<T>> shape, PipelineRun run, PartOf part) {
        PipelineResult<T> result = calls.ask(
                engines,
                shape,
                (engine, index) -> part.of(engine, index).exceptionallyCompose(trouble -> {
                    Throwable cause = LinkTrouble.peel(trouble);
                    return CompletableFuture.failedFuture(
                            cause instanceof PipelineFailure failure ? failure.of(engine.engineId()) : cause);
                }));
        result.follow(run);
        return result;
    }

    private void requireMap(String name) {
        for (DistributedObject object : core.hazelcast().getDistributedObjects()) {
            if (object instanceof IMap && object.getName().equals(name)) {
                return;
            }
        }
        throw new IllegalArgumentException("map: there is no map '" + name + "' in this grid's cluster");
    }
}
