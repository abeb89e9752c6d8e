package io.gridctl.node.engine;

import io.gridctl.CurrentNamespace;
import io.gridctl.Namespace;
import io.gridctl.function.RemoteBiFunction;
import io.gridctl.function.RemoteCallable;
import io.gridctl.function.RemoteConsumer;
import io.gridctl.function.RemoteFunction;
import io.gridctl.function.RemoteRunnable;
import io.gridctl.node.task.CallShape;
import io.gridctl.node.task.Outcome;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Runs one task on the calling slot: decodes it in the program's loader, binds namespace and output to the thread, runs
 * it, publishes what it put, and catches everything.
 */
final class TaskRunner {
    private final Programs programs;
    private final LiveNamespace namespace;
    private final LongAdder done = new LongAdder();

    TaskRunner(Programs programs, LiveNamespace namespace) {
        this.programs = programs;
        this.namespace = namespace;
    }

    long done() {
        return done.sum();
    }

    void run(EngineTask task) {
        if (!task.start()) {
            return;
        }
        long startedMillis = System.currentTimeMillis();
        OutputCapture.bind(task);
        Body body = new Body(task);
        Outcome.End end = body.run();
        OutputCapture.bind(null);
        boolean cancelled = task.stop();
        // An interrupt that was meant for this task must not reach the next one.
        Thread.interrupted();
        done.increment();
        task.end(new Outcome(
                task.id(),
                cancelled ? new Outcome.Cancelled() : end,
                startedMillis,
                body.ranNanos,
                task.output().take(true)));
    }

    private final class Body {
        private final EngineTask task;
        private long ranNanos;

        Body(EngineTask task) {
            this.task = task;
        }

        Outcome.End run() {
            Programs.Program program = programs.find(task.frame().code().program());
            // Without one its client has left between the task's acceptance and its start, and nobody waits for it.
            return program == null ? new Outcome.Cancelled() : run(program);
        }

        @SuppressWarnings("CatchAndPrintStackTrace")
        private Outcome.End run(Programs.Program program) {
            Thread thread = Thread.currentThread();
            ClassLoader before = thread.getContextClassLoader();
            @Nullable TaskNamespace names = null;
            try {
                thread.setContextClassLoader(program.loader());
                names = new TaskNamespace(namespace, program);
                CurrentNamespace.bind(names);
                Object function =
                        Objects.requireNonNull(program.decode(task.frame().function()), "the function");
                @Nullable Object argument = task.argument().length == 0 ? null : program.decode(task.argument());
                @Nullable Object value = timed(function, argument, names);
                byte[] result = program.encode("result", value);
                if (!task.isCancelled()) {
                    // Last: a task that fails, be it for a result that cannot be sent, publishes nothing.
                    names.publish();
                }
                return new Outcome.Value(result);
            } catch (Throwable thrown) {
                return new Outcome.Failed(Programs.describe(program, thrown));
            } finally {
                if (names != null) {
                    names.close();
                }
                CurrentNamespace.bind(null);
                thread.setContextClassLoader(before);
            }
        }

        private @Nullable Object timed(Object function, @Nullable Object argument, TaskNamespace names)
                throws Exception {
            long start = System.nanoTime();
            try {
                return call(task.frame().shape(), function, argument, names);
            } finally {
                ranNanos = System.nanoTime() - start;
            }
        }
    }

    /** The client chose the shape by the method that its caller used, so the casts hold. */
    @SuppressWarnings("unchecked")
    private static @Nullable Object call(
            CallShape shape, Object function, @Nullable Object argument, Namespace namespace) throws Exception {
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
            case RUNNABLE -> {
                ((RemoteRunnable) function).run();
                yield null;
            }
            case NAMESPACE_CONSUMER -> {
                ((RemoteConsumer<Namespace>) function).accept(namespace);
                yield null;
            }
        };
    }
}
