package io.gridctl.node.engine;

import io.gridctl.CurrentNamespace;
import io.gridctl.Namespace;
import io.gridctl.Reference;
import io.gridctl.function.RemoteBiFunction;
import io.gridctl.function.RemoteCallable;
import io.gridctl.function.RemoteConsumer;
import io.gridctl.function.RemoteFunction;
import io.gridctl.function.RemoteRunnable;
import io.gridctl.function.RemoteTriFunction;
import io.gridctl.node.code.ProgramLoader;
import io.gridctl.node.payload.ArraySource;
import io.gridctl.node.payload.FlatRecord;
import io.gridctl.node.payload.ItemBlock;
import io.gridctl.node.payload.PayloadCodec;
import io.gridctl.node.payload.ValueSink;
import io.gridctl.node.pipeline.ArrayMap;
import io.gridctl.node.pipeline.PartElements;
import io.gridctl.node.task.CallShape;
import io.gridctl.node.task.FrameCall;
import io.gridctl.node.task.Outcome;
import io.gridctl.node.task.RemoteFailure;
import io.gridctl.node.task.TextHeading;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks on the calling slot: decodes them in the program's loader, binds namespace and output to the thread, runs
 * them, publishes what they put, and catches everything.
 */
final class TaskRunner {
    private static final long GRACE_MILLIS = 200;

    private final Programs programs;
    private final LiveNamespace namespace;
    private final Interpreter interpreter;
    private final Limiter limiter;
    private final LongAdder done = new LongAdder();

    TaskRunner(Programs programs, LiveNamespace namespace, Interpreter interpreter, Limiter limiter) {
        this.programs = programs;
        this.namespace = namespace;
        this.interpreter = interpreter;
        this.limiter = limiter;
    }

    long done() {
        return done.sum();
    }

    /**
     * Runs a task on the calling thread to its end.
     *
     * @param task which
     * @param memory the slot's
     * @param beside where its frame's answer may be sent while the slot goes on
     */
    void run(EngineTask task, SlotMemory memory, Executor beside) {
        if (!task.start(() -> limiter.later(() -> endLoops(task), GRACE_MILLIS))) {
            return;
        }
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        OutputCapture.bind(task);
        Limiter.Watch watch = limiter.watch(task);
        Outcome outcome;
        try {
            Programs.Program program = programs.find(task.frame().code().program());
            if (program == null) {
                // Its client has left between the task's acceptance and its start, and nobody waits for it.
                outcome = new Outcome(task.lateId(), new Outcome.Cancelled(), 0, 0, Outcome.News.NOTHING);
            } else {
                Body body = new Body(program, task, memory);
                try {
                    outcome = task instanceof ChunkTask chunk ? body.runAll(chunk) : body.runOne();
                } finally {
                    body.endTurn();
                }
            }
        } finally {
            watch.end();
            CurrentNamespace.bind(null);
            thread.setContextClassLoader(before);
            OutputCapture.bind(null);
        }
        boolean cancelled = task.stop();
        // An interrupt that was meant for this task must not reach the next one.
        Thread.interrupted();
        task.end(
                cancelled
                        ? new Outcome(
                                outcome.task(),
                                new Outcome.Cancelled(),
                                outcome.startedMillis(),
                                outcome.ranNanos(),
                                outcome.output())
                        : outcome,
                beside);
        if (task.frame().shape() == CallShape.ARRAY && hasFailed(outcome)) {
            // What is left of the engine's part of the array is not wanted any more.
            task.frame.tasks().forEach(EngineTask::drop);
        }
    }

    private static boolean hasFailed(Outcome outcome) {
        return outcome.end() instanceof Outcome.Items || outcome.end() instanceof Outcome.Failed;
    }

    /** Most tasks end when they are interrupted; the loops of one that has not may be those of a text that it has called. */
    private void endLoops(EngineTask task) {
        Programs.Program program = programs.find(task.frame().code().program());
        task.endLoops(Stream.of(Optional.ofNullable(program), interpreter.programIfOpen())
                .flatMap(Optional::stream)
                .map(Programs.Program::loader)
                .filter(ProgramLoader.class::isInstance)
                .map(ProgramLoader.class::cast)
                .distinct()
                .toList());
    }

    private final class Body {
        private final EngineTask task;
        private final SlotMemory memory;
        private final FrameCall frame;
        private final @Nullable Exchanged exchanged;
        private Programs.Program program;
        private @Nullable TaskNamespace names;
        private boolean inTurn;
        private long ranNanos;
        /** When the item before ended, as long as nothing but bookkeeping was done since; 0 otherwise. */
        private long endedNanos;

        private @Nullable Class<?> exampleType;
        private byte[] example = {};

        Body(Programs.Program program, EngineTask task, SlotMemory memory) {
            this.program = program;
            this.task = task;
            this.memory = memory;
            frame = task.frame();
            exchanged = Exchanged.of(task).orElse(null);
        }

        Outcome runOne() {
            long startedMillis = System.currentTimeMillis();
            Outcome.End end;
            try {
                end = frame.shape().isText()
                        ? new Outcome.Value(valueOfText())
                        : ended(compute(prepare(), exchanged == null ? task.argument() : exchanged.argument()));
            } catch (Exchanged.LackingException nothing) {
                end = new Outcome.Lacking();
            } catch (ArrayMap.ElementException failed) {
                RemoteFailure why = Programs.describe(program, Objects.requireNonNull(failed.getCause()));
                end = Outcome.Items.failed(failed.index(), why);
            } catch (Throwable thrown) {
                end = new Outcome.Failed(Programs.describe(program, thrown));
            }
            close();
            done.increment();
            return new Outcome(task.id(), end, startedMillis, ranNanos, task.takeOutput(true));
        }

        Outcome runAll(ChunkTask chunk) {
            Object function;
            chunk.begin();
            try {
                function = prepare();
                chunk.arguments(exchanged == null ? task.argument() : exchanged.bytes());
            } catch (Exchanged.LackingException nothing) {
                close();
                return new Outcome(chunk.lateId(), new Outcome.Lacking(), 0, 0, Outcome.News.NOTHING);
            } catch (Throwable thrown) {
                RemoteFailure failure = Programs.describe(program, thrown);
                while (chunk.goesOn()) {
                    chunk.failed(failure, 0);
                }
                return chunk.finish();
            }
            if (frame.shape() == CallShape.REDUCTION) {
                combineAll(chunk, function);
            } else {
                for (boolean more = chunk.goesOn(); more; ) {
                    more = runItem(chunk, function);
                    itemEnded();
                }
            }
            close();
            Outcome outcome = chunk.finish();
            return exchanged == null
                    ? outcome
                    : new Outcome(
                            outcome.task(),
                            exchanged.leave(outcome.end()),
                            outcome.startedMillis(),
                            outcome.ranNanos(),
                            outcome.output());
        }

        /** Says whether there is another one to run. */
        private boolean runItem(ChunkTask chunk, Object function) {
            ranNanos = 0;
            try {
                @Nullable Object value = compute(function, chunk.next());
                if (PayloadCodec.isConstant(value)) {
                    publish();
                    return chunk.succeededWithConstant(value, ranNanos);
                }
                endedNanos = 0;
                succeeded(chunk, Objects.requireNonNull(value));
            } catch (Throwable thrown) {
                endedNanos = 0;
                chunk.failed(Programs.describe(program, thrown), ranNanos);
            }
            return chunk.goesOn();
        }

        private void succeeded(ChunkTask chunk, Object value) throws Throwable {
            @Nullable
            Object[] parts = FlatRecord.of(value.getClass())
                    .map(flat -> flat.parts(value))
                    .orElse(null);
            if (parts == null) {
                chunk.succeeded(encoded(value), ranNanos);
                return;
            }
            byte[] like = exampleOf(value.getClass(), value);
            publish();
            chunk.succeededWithRecord(value.getClass(), parts, like, ranNanos);
        }

        /** A record of that class as it is written for its reader, who may be unable to have it: then this fails. */
        private byte[] exampleOf(Class<?> type, Object value) {
            if (exampleType != type) {
                example = program.encode("result", value);
                exampleType = type;
            }
            return example;
        }

        /** A failed item is in no value: those before it and those after it make one each. */
        @SuppressWarnings("unchecked")
        private void combineAll(ChunkTask chunk, Object functions) {
            var operator = (RemoteBiFunction<@Nullable Object, @Nullable Object, @Nullable Object>)
                    Objects.requireNonNull(((Object[]) functions)[1]);
            boolean any = false;
            @Nullable Object sum = null;
            while (chunk.goesOn()) {
                ranNanos = 0;
                try {
                    @Nullable Object value = compute(functions, chunk.next());
                    long start = endedNanos;
                    try {
                        sum = any ? operator.apply(sum, value) : value;
                    } finally {
                        endedNanos = System.nanoTime();
                        ranNanos += endedNanos - start;
                    }
                    publish();
                    chunk.combined(ranNanos);
                    any = true;
                } catch (Throwable thrown) {
                    if (any) {
                        combinedTo(chunk, sum);
                        any = false;
                    }
                    chunk.failed(Programs.describe(program, thrown), ranNanos);
                    endedNanos = 0;
                }
                itemEnded();
            }
            if (any) {
                combinedTo(chunk, sum);
            }
        }

        private void combinedTo(ChunkTask chunk, @Nullable Object sum) {
            byte[] bytes;
            try {
                bytes = program.encode("result", sum);
            } catch (Throwable untransportable) {
                chunk.combinedToNothing(Programs.describe(program, untransportable));
                return;
            }
            chunk.combinedTo(bytes);
        }

        private void itemEnded() {
            if (names != null && names.isUsed()) {
                // What one item has read or left unpublished is nothing to the next.
                close();
                open();
                endedNanos = 0;
            }
            done.increment();
        }

        private Object prepare() throws Throwable {
            Thread.currentThread().setContextClassLoader(program.loader());
            open();
            byte[] function = frame.function().bytes();
            if (PayloadCodec.setsStatics(function)) {
                program.promptTurns().enter(function);
                inTurn = true;
                // Others may have had other values since this slot has read them.
                memory.forget();
            }
            Object known = memory.function(program, frame);
            if (known == null) {
                Object decoded = Objects.requireNonNull(program.decode(function), "the function");
                known = decoded instanceof Reference<?> reference
                        ? interpreter.function(reference.expression(), task)
                        : decoded;
                memory.keep(program, frame, known);
            }
            if (known instanceof TextFunction) {
                goOnAsText();
            }
            return known;
        }

        private void goOnAsText() throws ReflectiveOperationException {
            close();
            program = interpreter.program();
            Thread.currentThread().setContextClassLoader(program.loader());
            open();
        }

        private void open() {
            names = new TaskNamespace(namespace, program, task);
            CurrentNamespace.bind(names);
        }

        private void endTurn() {
            if (inTurn) {
                program.promptTurns().leave();
            }
        }

        private void close() {
            if (names != null) {
                names.close();
            }
        }

        /** What a text puts by way of its namespace is written after its variables. */
        private byte[] valueOfText() throws Throwable {
            String text = (String)
                    Objects.requireNonNull(program.decode(frame.function().bytes()));
            TextHeading heading = TextHeading.of(Objects.requireNonNull(program.decode(task.argument())));
            program = interpreter.program();
            Thread.currentThread().setContextClassLoader(program.loader());
            open();
            TaskNamespace bound = Objects.requireNonNull(names);
            long start = System.nanoTime();
            byte[] result;
            try {
                result = interpreter.run(
                        new Interpreter.Text(heading, text, frame.shape() == CallShape.TEXT_VALUE), task);
            } finally {
                ranNanos = System.nanoTime() - start;
            }
            if (bound.isUsed() && !task.isCancelled()) {
                bound.writeBack();
            }
            return result;
        }

        private Outcome.End ended(@Nullable Object value) throws Throwable {
            Optional<Outcome.End> left = exchanged != null && value != null && ArraySource.fits(value)
                    ? exchanged.leaveArray(value)
                    : Optional.empty();
            if (left.isPresent()) {
                publish();
                return left.get();
            }
            Outcome.End end = new Outcome.Value(encoded(value));
            return exchanged == null ? end : exchanged.leave(end);
        }

        private byte[] encoded(@Nullable Object value) throws Throwable {
            byte[] result = program.encode("result", value);
            publish();
            return result;
        }

        private @Nullable Object compute(Object function, @Nullable Object given) throws Throwable {
            TaskNamespace bound = Objects.requireNonNull(names);
            boolean encoded = given instanceof byte[];
            @Nullable Object argument = encoded ? read((byte[]) given) : given;
            if (given instanceof ItemBlock.Row row) {
                argument = row.make(program::decode);
                endedNanos = 0;
            } else if (given instanceof ValueSink.Taken taken) {
                argument = taken.isElements() ? taken.value() : read(taken.bytes());
                endedNanos = 0;
            }
            // Of short items a look at the clock is most of the cost.
            long start = encoded || endedNanos == 0 ? System.nanoTime() : endedNanos;
            try {
                return function instanceof TextFunction text
                        ? interpreter.call(text, frame.shape().arguments(argument), task)
                        : call(frame.shape(), function, argument, bound);
            } finally {
                endedNanos = System.nanoTime();
                ranNanos = endedNanos - start;
            }
        }

        private @Nullable Object read(byte[] payload) throws Throwable {
            @Nullable Object argument = payload.length == 0 ? null : program.decode(payload);
            return PayloadCodec.hasReferences(payload) ? References.resolve(argument, this::meaning) : argument;
        }

        /** A value of the namespace itself, or a copy of what the texts make of the expression. */
        private @Nullable Object meaning(Reference<?> reference) throws Throwable {
            String expression = reference.expression().strip();
            if (Objects.requireNonNull(names).contains(expression)) {
                return names.get(expression);
            }
            Programs.Program texts = interpreter.program();
            @Nullable Object value = interpreter.value(expression, task);
            return PayloadCodec.isConstant(value) || texts == program
                    ? value
                    : program.decodeStored(
                            expression, texts.encodeForHere("value of '" + expression + "'", value), texts.id());
        }

        /** Last: a task that fails, be it for a result that cannot be sent, publishes nothing. */
        private void publish() {
            if (names != null && names.isUsed() && !task.isCancelled()) {
                names.writeBack();
            }
        }
    }

    /** The client chose the shape by the method that its caller used, so the casts hold. */
    @SuppressWarnings("unchecked")
    private static @Nullable Object call(
            CallShape shape, Object function, @Nullable Object argument, TaskNamespace namespace) throws Exception {
        return switch (shape) {
            case CALLABLE -> ((RemoteCallable<@Nullable Object>) function).call();
            case NAMESPACE_FUNCTION -> ((RemoteFunction<Namespace, @Nullable Object>) function).apply(namespace);
            case FUNCTION -> ((RemoteFunction<@Nullable Object, @Nullable Object>) function).apply(argument);
            case NAMESPACE_BIFUNCTION ->
                ((RemoteBiFunction<Namespace, @Nullable Object, @Nullable Object>) function).apply(namespace, argument);
            case BIFUNCTION -> {
                Object[] both = Objects.requireNonNull((Object[]) argument, "two arguments");
                yield ((RemoteBiFunction<@Nullable Object, @Nullable Object, @Nullable Object>) function)
                        .apply(both[0], both[1]);
            }
            case TRIFUNCTION -> {
                Object[] three = Objects.requireNonNull((Object[]) argument, "three arguments");
                yield ((RemoteTriFunction<@Nullable Object, @Nullable Object, @Nullable Object, @Nullable Object>)
                                function)
                        .apply(three[0], three[1], three[2]);
            }
            case REDUCTION ->
                ((RemoteFunction<@Nullable Object, @Nullable Object>) ((Object[]) function)[0]).apply(argument);
            case MAP_PART -> {
                String[] names = Objects.requireNonNull((String[]) argument, "two names");
                namespace.putPart(
                        names[1],
                        PartElements.of(namespace.get(names[0]), namespace.isBare(names[0]))
                                .map((RemoteFunction<@Nullable Object, @Nullable Object>) function),
                        names[0]);
                yield null;
            }
            case REDUCE_PART -> {
                String name = Objects.requireNonNull((String) argument, "a name");
                yield PartElements.of(namespace.get(name), namespace.isBare(name))
                        .reduce((RemoteBiFunction<@Nullable Object, @Nullable Object, @Nullable Object>) function);
            }
            case ARRAY -> ArrayMap.apply(function, Objects.requireNonNull(argument, "an array"));
            case RUNNABLE -> {
                ((RemoteRunnable) function).run();
                yield null;
            }
            case NAMESPACE_CONSUMER -> {
                ((RemoteConsumer<Namespace>) function).accept(namespace);
                yield null;
            }
            case TEXT, TEXT_VALUE -> throw new IllegalStateException("a text is no function");
        };
    }
}
