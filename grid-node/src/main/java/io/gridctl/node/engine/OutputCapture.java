package io.gridctl.node.engine;

import io.gridctl.UserCode;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Sends what is printed to the task that prints it. The standard streams are replaced while at least one engine runs
 * in this process; threads that run no task print as before.
 *
 * <p>A thread that user code starts inherits its task. A thread that has none, or whose task has ended, prints for the
 * task that runs now if this process is that of one engine with one slot; otherwise as before.
 */
final class OutputCapture {
    private static final InheritableThreadLocal<@Nullable EngineTask> CURRENT = new InheritableThreadLocal<>();
    private static final Set<EngineCore> ENGINES = ConcurrentHashMap.newKeySet();
    private static @Nullable Captured out;
    private static @Nullable Captured err;

    private OutputCapture() {}

    static synchronized void install(EngineCore engine) {
        if (ENGINES.isEmpty()) {
            UserCode.toldToEndIf(OutputCapture::isTaskToldToEnd);
            out = new Captured(false, System.out);
            err = new Captured(true, System.err);
            System.setOut(out);
            System.setErr(err);
        }
        ENGINES.add(engine);
    }

    static synchronized void remove(EngineCore engine) {
        if (ENGINES.remove(engine) && ENGINES.isEmpty()) {
            // What a program has set since is its own affair.
            if (System.out instanceof Captured captured) {
                System.setOut(captured.original);
            }
            if (System.err instanceof Captured captured) {
                System.setErr(captured.original);
            }
        }
    }

    /**
     * A task may have set a stream of its own, which is not to be that of later tasks. In an engine's own process it
     * goes, and with it what holds the task's classes; in a program with engines inside, the program may as well have
     * set it, and gets what no task prints.
     */
    private static synchronized void captureAgain() {
        if (ENGINES.isEmpty() || out == null || err == null) {
            return;
        }
        boolean ours = ENGINES.stream().allMatch(EngineCore::ownsProcess);
        if (!(System.out instanceof Captured)) {
            System.setOut(ours ? out : new Captured(false, System.out));
        }
        if (!(System.err instanceof Captured)) {
            System.setErr(ours ? err : new Captured(true, System.err));
        }
    }

    /** The calling thread's output is that of this task from now on, or of none. */
    static void bind(@Nullable EngineTask task) {
        if (!(System.out instanceof Captured && System.err instanceof Captured)) {
            captureAgain();
        }
        // Rather than removed: a slot binds the next one soon.
        CURRENT.set(task);
    }

    /** Whether the task that the calling thread runs, or was started by, was told to end and has not. */
    static boolean isTaskToldToEnd() {
        EngineTask task = CURRENT.get();
        return task != null && task.isToldToEnd();
    }

    private static final class Captured extends PrintStream {
        private final PrintStream original;

        Captured(boolean error, PrintStream original) {
            super(new Router(error, original), true, StandardCharsets.UTF_8);
            this.original = original;
        }

        /** A task that closes the stream closes it for nobody else. */
        @Override
        public void close() {
            flush();
        }
    }

    private static final class Router extends OutputStream {
        private final boolean error;
        private final PrintStream original;

        Router(boolean error, PrintStream original) {
            this.error = error;
            this.original = original;
        }

        @Override
        public void write(int single) {
            write(new byte[] {(byte) single}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            EngineTask task = owner();
            if (task == null) {
                original.write(bytes, offset, length);
            } else {
                task.printed(error, bytes, offset, length);
            }
        }

        @Override
        public void flush() {
            if (owner() == null) {
                original.flush();
            }
        }

        private static @Nullable EngineTask owner() {
            EngineTask own = CURRENT.get();
            if (own != null && !own.hasEnded()) {
                return own;
            }
            if (ENGINES.size() != 1 || isOurs(Thread.currentThread())) {
                return null;
            }
            EngineCore engine = ENGINES.iterator().next();
            return engine.ownsProcess() ? engine.onlyRunningTask() : null;
        }

        private static boolean isOurs(Thread thread) {
            String name = thread.getName();
            return name.startsWith("hz.") || name.startsWith("grid-") || name.equals("main");
        }
    }
}
