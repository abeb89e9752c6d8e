package io.gridctl.node.engine;

import com.hazelcast.map.IMap;
import io.gridctl.GridException;
import io.gridctl.TextException;
import io.gridctl.node.code.BroughtClasses;
import io.gridctl.node.shell.CompiledText;
import io.gridctl.node.shell.TextCompiler;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Has an engine's texts compiled, and keeps what they declared in the grid, so that the process that fills the engine's
 * id next knows it too. Text that has been compiled is not compiled again as long as nothing else has been declared.
 *
 * <p>For one thread at a time; the compiler has a thread of its own, as an interrupt would harm it.
 */
final class TextSource implements AutoCloseable {
    private static final int REMEMBERED = 256;
    /** Between declarations; no source has it. */
    private static final String SEPARATOR = "\u0000";

    private final int engineId;
    private final @Nullable String classPath;
    private final IMap<Integer, String> log;
    private final ExecutorService thread;
    private final Map<String, Known> known = new LinkedHashMap<>(16, 0.75f, true);
    private @Nullable BroughtClasses brought;
    private @Nullable TextCompiler compiler;
    private int broughtCount;
    private List<String> declarations = List.of();

    /** What a text has become, and what was declared after it. */
    private record Known(CompiledText compiled, List<String> declarations) {}

    TextSource(int engineId, @Nullable String classPath, IMap<Integer, String> log) {
        this.engineId = engineId;
        this.classPath = classPath;
        this.log = log;
        thread = Executors.newSingleThreadExecutor(work -> {
            // Nothing of the task on whose behalf it starts.
            Thread started = new Thread(null, work, "grid-compiler-" + engineId, 0, false);
            started.setDaemon(true);
            return started;
        });
    }

    /** Fails on a Java that cannot compile. */
    static void ensureCompiler(int engineId) {
        for (String module : List.of("jdk.compiler", "jdk.jshell")) {
            if (ModuleLayer.boot().findModule(module).isEmpty()) {
                throw new GridException("engine " + engineId + " runs on a Java without " + module
                        + ", which code given as text needs; start the engines with a whole JDK");
            }
        }
    }

    /** Begins with what was declared before in the grid. Called once. */
    CompiledText open(BroughtClasses classes) {
        brought = classes;
        String logged = log.get(engineId);
        if (logged != null && !logged.isEmpty()) {
            declarations = Arrays.asList(logged.split(SEPARATOR));
        }
        return onThread(() -> compiler().compile("text", ""));
    }

    /** The name of a class that a text has declared, if it is what that name means now. */
    Optional<String> typeName(String className) {
        return compiler == null ? Optional.empty() : compiler.typeName(className);
    }

    /** Compiles a text, or remembers it. */
    CompiledText compile(String name, String text) {
        String key = name + SEPARATOR + text;
        Known before = known.get(key);
        if (before != null && before.declarations().equals(declarations)) {
            return before.compiled();
        }
        CompiledText compiled = onThread(() -> compileNow(name, text));
        declared();
        known.put(key, new Known(compiled.withoutClasses(), declarations));
        if (known.size() > REMEMBERED) {
            known.remove(known.keySet().iterator().next());
        }
        return compiled;
    }

    /** Declares a variable for a value that came from elsewhere. */
    CompiledText declare(String typeName, String name) {
        return change(compiler -> compiler.compile("text", typeName + " " + name + ";"));
    }

    CompiledText drop(String name) {
        return change(compiler -> {
            compiler.drop(name);
            return compiler.compile("text", "");
        });
    }

    private interface Change {
        CompiledText apply(TextCompiler compiler);
    }

    private CompiledText change(Change change) {
        CompiledText compiled = onThread(() -> change.apply(compiler()));
        declared();
        return compiled;
    }

    private void declared() {
        List<String> now = onThread(() -> compiler().declarations());
        if (!now.equals(declarations)) {
            declarations = now;
            log.set(engineId, String.join(SEPARATOR, now));
        }
    }

    /** On the compiler's thread. */
    private CompiledText compileNow(String name, String text) {
        try {
            return compiler().compile(name, text);
        } catch (TextException invalid) {
            if (Objects.requireNonNull(brought).count() == broughtCount) {
                throw invalid;
            }
            // It may need a class that came later: a compiler never looks again at a package that it has seen.
            Objects.requireNonNull(compiler).close();
            compiler = null;
            return compiler().compile(name, text);
        }
    }

    private TextCompiler compiler() {
        TextCompiler present = compiler;
        if (present == null) {
            BroughtClasses classes = Objects.requireNonNull(brought);
            broughtCount = classes.count();
            present = new TextCompiler(engineId, classPath, classes::ofPackage);
            present.declare(declarations);
            compiler = present;
        }
        return present;
    }

    /** Waits for it whatever happens: what has been compiled is declared. */
    private <T> T onThread(Callable<T> work) {
        Future<T> future = thread.submit(work);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return future.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw e.getCause() instanceof RuntimeException failure
                            ? failure
                            : new GridException("engine " + engineId + ": the compiler failed: " + e.getCause(), e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
