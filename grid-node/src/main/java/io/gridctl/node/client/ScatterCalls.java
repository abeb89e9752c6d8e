package io.gridctl.node.client;

import io.gridctl.Distribution;
import io.gridctl.GridException;
import io.gridctl.NoEnginesException;
import io.gridctl.NoSuchNameException;
import io.gridctl.function.RemoteBiFunction;
import io.gridctl.node.client.ClientStore.Outgoing;
import io.gridctl.node.payload.ArraySource;
import io.gridctl.node.pipeline.Joined;
import io.gridctl.node.pipeline.Sliced;
import io.gridctl.node.task.CallShape;
import io.gridctl.node.task.Layout;
import io.gridctl.node.task.PushCall.NamedBytes;
import io.gridctl.node.task.ReadHeading;
import io.gridctl.node.task.ValueHeading;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Scatters data over engines and gathers it again, as its layout says. */
final class ScatterCalls {
    /** Of a map over an array: half a MiB or one. */
    private static final int CHUNK_ELEMENTS = 1 << 17;

    private final ClientCore core;
    private final Calls calls;
    private final Targets targets;
    private final ClientStore store;

    ScatterCalls(ClientCore core, Calls calls, Targets targets) {
        this.targets = targets;
        this.core = core;
        this.calls = calls;
        store = new ClientStore(core);
    }

    /**
     * Stores an engine's part on each engine. Parts that have to be encoded are before this returns.
     *
     * @param lasts whether nobody changes the data before it is stored
     */
    ScatterResult scatter(
            List<EngineLink> engines, String name, Object data, Distribution distribution, boolean lasts) {
        core.ensureOpen();
        Calls.requireName(name);
        Sliced whole = Sliced.of(data);
        List<Integer> ids = engines.stream().map(EngineLink::engineId).toList();
        Layout layout = Layout.of(whole.typeName(), whole.length(), ids, distribution);
        List<Outgoing> parts = new ArrayList<>(ids.size());
        for (Layout.Part part : layout.parts()) {
            parts.add(
                    lasts && !part.bare() && ArraySource.fits(data)
                            ? store.outgoing(
                                    data.getClass(),
                                    new ArraySource(
                                            data, (int) part.offset(), (int) part.stride(), (int) part.length()))
                            : store.outgoing("part of '" + name + "'", whole.cut(part), true));
        }
        return calls.ask(engines, context -> new ScatterResult(context, name, layout), (engine, index) -> {
            Outgoing part = parts.get(index);
            CompletableFuture<List<NamedBytes>> stored = CompletableFuture.supplyAsync(
                    () -> List.of(new NamedBytes(name, part.toRecord().apply(1).laidOut(layout))), core.workers());
            return store.push(engine, stored, part.shipments());
        });
    }

    /** Calls a function on each engine with its part of the data. */
    <R extends @Nullable Object> ListResult<R> parallel(List<EngineLink> engines, Object code, Object data) {
        core.ensureOpen();
        Sliced whole = Sliced.of(data);
        return calls.each(engines, CallShape.FUNCTION, code, whole.cut(blocks(engines, whole)), ListResult<R>::new);
    }

    /**
     * Calls a function of primitive numbers with each element of an array, in chunks that follow one another.
     *
     * @param lasts whether nobody changes the array before all is sent
     */
    <T> ArrayResult<T> mapArray(List<EngineLink> engines, Object code, Object array, boolean lasts) {
        Sliced whole = Sliced.of(array);
        Object kept =
                lasts ? array : Objects.requireNonNull(whole.cut(new Layout.Part(0, 0, 1, whole.length(), false)));
        List<Integer> ids = new ArrayList<>();
        List<Long> lengths = new ArrayList<>();
        List<EngineLink> links = new ArrayList<>();
        Layout blocks = blocks(engines, whole);
        for (int at = 0; at < engines.size(); at++) {
            long left = blocks.parts().get(at).length();
            do {
                long next = Math.min(left, CHUNK_ELEMENTS);
                ids.add(engines.get(at).engineId());
                links.add(engines.get(at));
                lengths.add(next);
                left -= next;
            } while (left > 0);
        }
        return calls.mapArray(code, kept, Layout.inARow(whole.typeName(), ids, lengths), links);
    }

    private static Layout blocks(List<EngineLink> engines, Sliced whole) {
        List<Integer> ids = engines.stream().map(EngineLink::engineId).toList();
        return Layout.of(whole.typeName(), whole.length(), ids, Distribution.BLOCK);
    }

    /** Calls a function with each element of a name's parts, where they lie, and puts the values under another name there. */
    EffectResult mapOver(List<Integer> engines, String name, Object code, String into) {
        Calls.requireName(into);
        return inPlace(
                engines,
                name,
                Calls.Invocation.of(CallShape.MAP_PART, code, new String[] {name, into}),
                EffectResult::new);
    }

    /** Combines the elements of a name's parts, where they lie, and then what came of them. */
    <T extends @Nullable Object> PartSum<T> reduce(
            List<Integer> engines, String name, RemoteBiFunction<T, T, ? extends T> operator) {
        return inPlace(
                engines,
                name,
                Calls.Invocation.of(CallShape.REDUCE_PART, operator, name),
                context -> new PartSum<>(context, operator));
    }

    /** Calls a function where the parts of a name lie, by the road that their size tells. */
    private <C extends PartsResult<?>> C inPlace(
            List<Integer> engines, String name, Calls.Invocation call, Function<CallContext, C> shape) {
        core.ensureOpen();
        Calls.requireName(name);
        Found found = find(engines, name);
        List<EngineLink> owners =
                found.layout().engines().stream().map(targets::one).toList();
        return calls.beginsAsJob(found.bytes())
                ? calls.applyAsJob(owners, call, shape)
                : calls.apply(owners, call, shape);
    }

    /** Fetches the parts from the maps that hold them, so that neither a busy nor a lost engine delays it. */
    <T> GatherResult<T> gather(List<Integer> engines, String name, @Nullable Class<?> type) {
        core.ensureOpen();
        Calls.requireName(name);
        if (type != null) {
            Joined.requireJoinable(type);
        }
        ClassLoader reader = Calls.contextLoader();
        Layout layout = layout(engines, name);
        GatherTarget target = new GatherTarget(layout, type);
        ClientStore.Reading reading = store.new Reading(name, reader);
        return calls.ask(
                layout.parts().size(),
                context -> new GatherResult<T>(context, target, reader),
                (task, index) -> reading.of(layout.engines().get(index), stored -> target.place(index, stored)));
    }

    /**
     * Where the parts of a name lie. What was not scattered, but is there on each of these engines, lies one behind the
     * other in their order. Blocks for a round trip.
     *
     * @param engines on one of which there must be a part
     */
    Layout layout(List<Integer> engines, String name) {
        return find(engines, name).layout();
    }

    /** Where parts lie, and how many bytes those are that were seen. */
    private record Found(Layout layout, long bytes) {}

    private Found find(List<Integer> engines, String name) {
        Map<Integer, @Nullable ValueHeading> seen = new HashMap<>(headings(engines, name));
        Layout layout = layout(engines, name, seen);
        return new Found(
                layout,
                seen.values().stream()
                        .mapToLong(heading -> heading == null ? 0 : heading.length())
                        .sum());
    }

    private Layout layout(List<Integer> engines, String name, Map<Integer, @Nullable ValueHeading> seen) {
        Set<Layout> found = new LinkedHashSet<>();
        for (int engine : engines) {
            ValueHeading heading = seen.get(engine);
            if (heading != null && heading.layout() != null) {
                found.add(heading.layout());
            }
        }
        if (found.isEmpty()) {
            return inARow(engines, name, seen);
        }
        Set<Integer> elsewhere = new LinkedHashSet<>();
        found.forEach(layout -> elsewhere.addAll(layout.engines()));
        elsewhere.removeAll(seen.keySet());
        seen.putAll(headings(elsewhere, name));
        List<Layout> whole =
                found.stream().filter(layout -> isWhole(layout, seen)).toList();
        if (whole.size() == 1) {
            return whole.get(0);
        }
        if (found.size() == 1) {
            // A part is missing, and who reads it says which.
            return found.iterator().next();
        }
        throw new GridException("'" + name + "' was scattered more than once, over the engines "
                + String.join(
                        " and ",
                        found.stream()
                                .map(layout -> layout.engines().toString())
                                .toList())
                + (whole.isEmpty()
                        ? ", and parts of each are gone: scatter it again"
                        : ": use a view of those of one"));
    }

    private static boolean isWhole(Layout layout, Map<Integer, @Nullable ValueHeading> seen) {
        return layout.engines().stream().allMatch(engine -> {
            ValueHeading heading = seen.get(engine);
            return heading != null
                    && (heading.layout() == null || heading.layout().equals(layout));
        });
    }

    private static Layout inARow(List<Integer> engines, String name, Map<Integer, @Nullable ValueHeading> seen) {
        if (engines.isEmpty()) {
            throw new NoEnginesException(
                    "no engine is ready; wait for some with Grid.awaitEngines, or see `gridctl status`");
        }
        if (seen.values().stream().allMatch(heading -> heading == null)) {
            throw new NoSuchNameException(engines.get(0), name);
        }
        return Layout.inARow(
                Layout.LIST, engines, engines.stream().map(engine -> 0L).toList());
    }

    private Map<Integer, @Nullable ValueHeading> headings(Collection<Integer> engines, String name) {
        Map<Integer, CompletionStage<@Nullable ValueHeading>> asked = new LinkedHashMap<>();
        engines.forEach(engine -> asked.put(engine, ReadHeading.one(core.hazelcast(), engine, name)));
        Map<Integer, @Nullable ValueHeading> headings = new HashMap<>();
        asked.forEach((engine, heading) ->
                headings.put(engine, heading.toCompletableFuture().join()));
        return headings;
    }
}
