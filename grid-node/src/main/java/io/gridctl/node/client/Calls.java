package io.gridctl.node.client;

import io.gridctl.GridException;
import io.gridctl.MapResult;
import io.gridctl.Reference;
import io.gridctl.node.client.ClientStore.Outgoing;
import io.gridctl.node.code.Shipment;
import io.gridctl.node.payload.ArraySource;
import io.gridctl.node.payload.FlatRecord;
import io.gridctl.node.payload.PayloadCodec;
import io.gridctl.node.task.CallShape;
import io.gridctl.node.task.CurrentSlot;
import io.gridctl.node.task.FunctionPack;
import io.gridctl.node.task.Layout;
import io.gridctl.node.task.PushCall.NamedBytes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The verbs of the direct view on a list of engines that has been settled; views give the results their shape. */
final class Calls {
    private static final byte[] NO_ARGUMENT = {};

    private final ClientCore core;
    private final ClientStore store;
    private final SharedFunctions functions = new SharedFunctions();
    private final FrameOwner direct = new DirectOwner();

    private final OpenCalls open = new OpenCalls();
    private volatile long jobBytes = Crossing.LEAST_BYTES;

    Calls(ClientCore core) {
        this.core = core;
        store = new ClientStore(core);
    }

    /** A direct view does not move work: what its engine did not answer has failed. */
    private final class DirectOwner implements FrameOwner {
        @Override
        public void split(EngineLink link, Parcel whole, List<Parcel> parts) {
            throw new IllegalStateException("a direct call has no parcels of several tasks");
        }

        @Override
        public void again(List<Parcel> failed) {
            throw new IllegalStateException("a direct call is not tried again");
        }

        @Override
        public void answered(EngineLink link, List<Ended> ended, List<Parcel> handedBack, List<Parcel> late) {
            // The tasks know their end; an engine hands nothing of a direct frame back.
        }

        @Override
        public void lends(EngineLink link, Parcel task, boolean lent) {
            // Its engine knows what may run there.
        }

        @Override
        public void lost(EngineLink link, List<Parcel> unanswered) {
            unanswered.forEach(task -> task.failed(Calls.this.lost(link)));
        }
    }

    /** Those that have not ended. */
    OpenCalls open() {
        return open;
    }

    /** A function, how it is called, and its argument. */
    record Invocation(
            CallShape shape,
            Object function,
            boolean hasArgument,
            @Nullable Object argument) {
        static Invocation of(CallShape shape, Object function) {
            return new Invocation(shape, Objects.requireNonNull(function, "code"), false, null);
        }

        static Invocation of(CallShape shape, Object function, @Nullable Object argument) {
            return new Invocation(shape, Objects.requireNonNull(function, "code"), true, argument);
        }

        /** A function that is on the engines. */
        static Invocation of(Reference<?> function, @Nullable Object... arguments) {
            Objects.requireNonNull(function, "function");
            return switch (Objects.requireNonNull(arguments, "arguments").length) {
                case 0 -> of(CallShape.CALLABLE, function);
                case 1 -> of(CallShape.FUNCTION, function, arguments[0]);
                case 2 -> of(CallShape.BIFUNCTION, function, arguments);
                case 3 -> of(CallShape.TRIFUNCTION, function, arguments);
                default ->
                    throw new IllegalArgumentException("'" + function.expression() + "' is called with "
                            + arguments.length + " arguments; at most three are possible, so send a list or a record");
            };
        }
    }

    /** Asks the engines to run a text, each in a frame of its own. */
    <C extends PartsResult<?>> C run(
            List<EngineLink> engines, Text text, CallShape form, Function<CallContext, C> shape) {
        return apply(engines, text.asking(form, engines), shape);
    }

    /** Sends a call to each of the engines, each in a frame of its own. */
    <C extends PartsResult<?>> C apply(List<EngineLink> engines, Invocation call, Function<CallContext, C> shape) {
        return apply(engines, call, shape, (link, task) -> link.send(List.of(task), direct, false));
    }

    /** The same in one job, which brings what is not large. */
    <C extends PartsResult<?>> C applyAsJob(List<EngineLink> engines, Invocation call, Function<CallContext, C> shape) {
        JobCourier courier = new JobCourier(core);
        C result = apply(engines, call, shape, (link, task) -> link.send(List.of(task), direct, false, courier));
        courier.go();
        return result;
    }

    private <C extends PartsResult<?>> C apply(
            List<EngineLink> engines,
            Invocation call,
            Function<CallContext, C> shape,
            BiConsumer<EngineLink, PendingTask> road) {
        Packed packed = pack(call, TaskPolicy.NONE);
        ClassLoader reader = call.shape().isText() ? contextLoader() : readerOf(call.function());
        C result = begin(
                context(reader, TaskPolicy.NONE),
                packed.spec(),
                shape,
                Collections.nCopies(engines.size(), packed.argument()));
        for (int index = 0; index < engines.size(); index++) {
            road.accept(engines.get(index), result.parts().get(index));
        }
        return result;
    }

    /** Makes a call of one task, for whoever finds an engine for it. */
    <C extends PartsResult<?>> C prepare(Invocation call, TaskPolicy policy, Function<CallContext, C> shape) {
        Packed packed = pack(call, policy);
        CallContext context = context(readerOf(call.function()), policy);
        return begin(context, packed.spec(), shape, List.of(packed.argument()));
    }

    /** How the result of a call with many items is made: of its items, the first one's id, and what makes bytes of them. */
    interface ItemsShape<C extends ItemTraffic<?>> {
        C make(CallContext context, @Nullable Object[] items, long firstId, Function<@Nullable Object, byte[]> encoder);
    }

    /**
     * Makes a call with many items. Those that could change meanwhile are encoded now.
     *
     * @param reader code of the caller's, whose classes read the values
     */
    <C extends ItemTraffic<?>> C prepareItems(
            CallShape shape,
            Object function,
            Object reader,
            Collection<?> items,
            TaskPolicy policy,
            ItemsShape<C> form) {
        core.ensureOpen();
        Shipment shipped = core.code().shipFunction(function);
        @Nullable Object[] kept = items.toArray();
        List<Shipment> arguments = new ArrayList<>(0);
        List<@Nullable Object> values = new ArrayList<>(0);
        Set<Class<?>> flat = new HashSet<>(0);
        for (int i = 0; i < kept.length; i++) {
            Object item = kept[i];
            if (PayloadCodec.isConstant(item)
                    || flat.contains(Objects.requireNonNull(item).getClass())) {
                continue;
            }
            Shipment argument = core.code().shipArgument("item", item);
            if (argument.classCount() > 0) {
                arguments.add(argument);
                values.add(item);
            }
            if (FlatRecord.of(item.getClass()).isPresent() && PayloadCodec.isPlain(argument.payload())) {
                // What was found for one record of its class holds for all of them.
                flat.add(item.getClass());
            } else {
                kept[i] = argument.payload();
            }
        }
        CallSpec spec = spec(shape, function, shipped, values, arguments, policy);
        C result = form.make(
                context(readerOf(reader), policy), kept, core.nextIds(kept.length), core.code()::encodeConstant);
        result.setSpec(spec);
        CurrentSlot.called(result::whenEnded);
        open.add(result);
        return result;
    }

    /** Maps over items on these engines, each of which gets neighbours. */
    <R extends @Nullable Object> MapResult<R> map(
            List<EngineLink> engines, CallShape shape, Object code, Collection<?> items) {
        ItemsResult<R> result = this.<ItemsResult<R>>prepareItems(
                shape,
                code,
                code,
                items,
                TaskPolicy.NONE,
                (context, kept, firstId, encoder) -> new ItemsResult<>(context, kept, firstId, encoder, 0));
        if (!crossed(result, engines)) {
            DirectMap.send(result, engines, core.workers(), this::lost);
        }
        return result;
    }

    /** Whether it is on its way by a job. */
    private boolean crossed(ItemsResult<?> result, List<EngineLink> engines) {
        if (!beginsAsJob(result.reach(0, result.size(), jobBytes).bytes())) {
            return false;
        }
        Map<Chunk, EngineLink> chunks = new LinkedHashMap<>();
        long bytes = 0;
        for (DirectMap.Portion portion : DirectMap.portions(result, engines)) {
            chunks.put(portion.chunk(), portion.engine());
            bytes += portion.bytes();
        }
        return Crossing.send(core, this::lost, result, chunks, 2 * bytes);
    }

    private boolean crossed(PartsResult<?> result, List<EngineLink> engines, long bytes) {
        if (!beginsAsJob(bytes)) {
            return false;
        }
        Map<PendingTask, EngineLink> tasks = new LinkedHashMap<>();
        result.parts().forEach(task -> tasks.put(task, engines.get(task.index())));
        return Crossing.send(core, this::lost, result, tasks, bytes);
    }

    /** From how many bytes on a call begins as a job; for tests of either road. */
    void beginJobsFrom(long bytes) {
        jobBytes = bytes;
    }

    boolean beginsAsJob(long bytes) {
        return bytes >= jobBytes;
    }

    /** Calls a function on each engine with an argument of its own. */
    <C extends PartsResult<?>> C each(
            List<EngineLink> engines, CallShape how, Object code, List<?> arguments, Function<CallContext, C> shape) {
        core.ensureOpen();
        Shipment function = core.code().shipFunction(code);
        List<Shipment> shipped = new ArrayList<>(arguments.size());
        List<byte[]> payloads = new ArrayList<>(arguments.size());
        for (Object argument : arguments) {
            Shipment shipment = core.code().shipArgument("part", argument);
            shipped.add(shipment);
            payloads.add(shipment.payload());
        }
        C result = begin(
                context(readerOf(code), TaskPolicy.NONE),
                spec(how, code, function, arguments, shipped, TaskPolicy.NONE),
                shape,
                payloads);
        long bytes = payloads.stream().mapToLong(payload -> payload.length).sum();
        if (!crossed(result, engines, bytes)) {
            result.parts().forEach(part -> engines.get(part.index()).send(List.of(part), direct, false));
        }
        return result;
    }

    /**
     * Calls a function of primitive numbers with each element of an array, which nobody changes meanwhile.
     *
     * @param chunks which elements each task has
     * @param engines each task's
     */
    <T> ArrayResult<T> mapArray(Object code, Object array, Layout chunks, List<EngineLink> engines) {
        core.ensureOpen();
        Shipment function = core.code().shipFunction(code);
        ArrayResult<T> result = new ArrayResult<>(
                context(readerOf(code), TaskPolicy.NONE),
                chunks,
                array.getClass().getComponentType());
        result.setSpec(spec(CallShape.ARRAY, code, function, List.of(), List.of(), TaskPolicy.NONE));
        List<PendingTask> tasks = new ArrayList<>(engines.size());
        for (Layout.Part chunk : chunks.parts()) {
            ArraySource elements = new ArraySource(array, (int) chunk.offset(), 1, (int) chunk.length());
            tasks.add(new ArrayPart(result, tasks.size(), core.nextId(), elements));
        }
        begin(result, tasks);
        if (!crossed(result, engines, ArraySource.of(array).length())) {
            new ArrayLanes(core.workers(), this::lost).send(tasks, engines);
        }
        return result;
    }

    private GridException lost(EngineLink link) {
        return core.isClosed()
                ? core.closedException()
                : core.lostException(link.engine(), "before it answered; what the task had done is unknown");
    }

    private <C extends PartsResult<?>> C begin(
            CallContext context, CallSpec spec, Function<CallContext, C> shape, List<byte[]> arguments) {
        C result = shape.apply(context);
        result.setSpec(spec);
        List<PendingTask> tasks = new ArrayList<>(arguments.size());
        for (int index = 0; index < arguments.size(); index++) {
            tasks.add(new PendingTask(result, index, core.nextId(), arguments.get(index)));
        }
        begin(result, tasks);
        return result;
    }

    private void begin(PartsResult<?> result, List<PendingTask> tasks) {
        result.begin(tasks);
        CurrentSlot.called(result::whenEnded);
        open.add(result);
    }

    private record Packed(CallSpec spec, byte[] argument) {}

    private Packed pack(Invocation call, TaskPolicy policy) {
        core.ensureOpen();
        Shipment function = core.code().shipFunction(call.function());
        if (!call.hasArgument()) {
            return new Packed(spec(call.shape(), call.function(), function, List.of(), List.of(), policy), NO_ARGUMENT);
        }
        Shipment argument = core.code().shipArgument("argument", call.argument());
        CallSpec spec = spec(
                call.shape(),
                call.function(),
                function,
                Collections.singletonList(call.argument()),
                List.of(argument),
                policy);
        return new Packed(spec, argument.payload());
    }

    /** All parts of a call are read with one program's classes. */
    private CallSpec spec(
            CallShape shape,
            Object code,
            Shipment function,
            Collection<?> values,
            List<Shipment> arguments,
            TaskPolicy policy) {
        int classes = function.classCount();
        for (Shipment argument : arguments) {
            if (argument.classCount() > 0 && argument.program() != function.program()) {
                // Another version of a class was opened as another program: find one that has all that is needed.
                Shipment together = core.code().ship("call", new Object[] {code, values.toArray()});
                return new CallSpec(
                        shape,
                        together.program(),
                        together.classCount(),
                        packed(shape, function),
                        policy.limits(),
                        CurrentSlot.depth());
            }
            classes = Math.max(classes, argument.classCount());
        }
        return new CallSpec(
                shape, function.program(), classes, packed(shape, function), policy.limits(), CurrentSlot.depth());
    }

    private FunctionPack packed(CallShape shape, Shipment function) {
        return shape.isText() ? FunctionPack.unshared(function.payload()) : functions.shared(function.payload());
    }

    /** Whose classes read what a function gives. */
    private static ClassLoader readerOf(Object function) {
        if (function instanceof Reference<?>) {
            return contextLoader();
        }
        ClassLoader loader = function.getClass().getClassLoader();
        return loader == null ? ClassLoader.getSystemClassLoader() : loader;
    }

    static ClassLoader contextLoader() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return context == null ? ClassLoader.getSystemClassLoader() : context;
    }

    private CallContext context(ClassLoader reader, TaskPolicy policy) {
        return new CallContext(
                core.idPrefix(), bytes -> core.code().read(bytes, reader), core.workers(), core::cancel, policy);
    }

    /** Asks each engine something beside its slots. */
    <C extends PartsResult<?>> C ask(
            List<EngineLink> engines,
            Function<CallContext, C> shape,
            BiFunction<EngineLink, Integer, CompletableFuture<? extends @Nullable Object>> question) {
        core.ensureOpen();
        return ask(engines.size(), shape, (task, index) -> {
            EngineLink engine = engines.get(index);
            task.sentTo(engine.engine());
            return question.apply(engine, index);
        });
    }

    /** Asks something for each part, be it of an engine that is not there. */
    @SuppressWarnings("FutureReturnValueIgnored") // The outcome, good or bad, goes to the task.
    <C extends PartsResult<?>> C ask(
            int parts,
            Function<CallContext, C> shape,
            BiFunction<PendingTask, Integer, CompletableFuture<? extends @Nullable Object>> question) {
        core.ensureOpen();
        C result = shape.apply(context(contextLoader(), TaskPolicy.NONE));
        List<PendingTask> tasks = new ArrayList<>(parts);
        for (int index = 0; index < parts; index++) {
            tasks.add(new PendingTask(result, index, core.nextId(), NO_ARGUMENT));
        }
        result.begin(tasks);
        for (int index = 0; index < parts; index++) {
            PendingTask task = tasks.get(index);
            question.apply(task, index).whenComplete((answer, trouble) -> {
                if (trouble == null) {
                    task.value(answer);
                } else {
                    task.failed(asGridException(LinkTrouble.peel(trouble)));
                }
            });
        }
        return result;
    }

    private GridException asGridException(Throwable trouble) {
        if (core.isClosed() && !(trouble instanceof GridException)) {
            return core.closedException();
        }
        return trouble instanceof GridException grid ? grid : new GridException(String.valueOf(trouble), trouble);
    }

    /**
     * Stores values on each engine: encoded once, large ones brought to the grid once.
     *
     * @param lasts whether nobody changes them before they are stored
     */
    <C extends PartsResult<?>> C push(
            List<EngineLink> engines, Map<String, ?> values, boolean lasts, Function<CallContext, C> shape) {
        core.ensureOpen();
        Map<String, Outgoing> outgoing = new TreeMap<>();
        List<Shipment> shipments = new ArrayList<>();
        values.forEach((name, value) -> {
            requireName(name);
            Outgoing each = store.outgoing("value of '" + name + "'", value, lasts);
            outgoing.put(name, each);
            shipments.addAll(each.shipments());
        });
        CompletableFuture<List<NamedBytes>> stored = CompletableFuture.supplyAsync(
                () -> outgoing.entrySet().stream()
                        .map(each -> new NamedBytes(
                                each.getKey(), each.getValue().toRecord().apply(engines.size())))
                        .toList(),
                core.workers());
        return ask(engines, shape, (engine, index) -> store.push(engine, stored, shipments));
    }

    static void requireName(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a name cannot be blank");
        }
    }

    /** Reads a name of each engine from the map that holds it, so that a busy engine does not delay it. */
    <C extends PartsResult<?>> C pull(List<EngineLink> engines, String name, Function<CallContext, C> shape) {
        requireName(name);
        ClientStore.Reading reading = store.new Reading(name, contextLoader());
        return ask(engines, shape, (engine, index) -> reading.of(engine.engineId()));
    }
}
