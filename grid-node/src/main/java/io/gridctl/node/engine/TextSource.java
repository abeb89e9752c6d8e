package io.gridctl.node.engine;

import io.gridctl.GridException;
import io.gridctl.TextException;
import io.gridctl.node.code.BroughtClasses;
import io.gridctl.node.shell.CompiledText;
import io.gridctl.node.shell.TextCompiler;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has an engine's texts compiled, and keeps what they declared in the grid, so that the process that fills the engine's
 * id next knows it too. Text that has been compiled is not compiled again as long as nothing else has been declared.
 *
 * <p>For one thread at a time; the compiler has a thread of its own, as an interrupt would harm it.
 */
final class TextSource implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(TextSource.class);
    private static final int REMEMBERED = 256;
    /** With more texts that were compiled elsewhere, a new compiler is quicker than one that catches up. */
    private static final int MOST_MISSED = 16;
    /** A compiler remembers whatever it has compiled, so after so many texts there is a new one. */
    private static final int MOST_COMPILED = 1000;

    /** Between names of classes. */
    private static final String SEPARATOR = "\u0000";

    private final int engineId;
    private final @Nullable String classPath;
    private final TextLog kept;
    private final SharedTexts shared;
    private final ExecutorService thread;
    private final Map<String, CompiledText> known = new LinkedHashMap<>(16, 0.75f, true);
    /** Names that were declared for a value, to its type. */
    private final Map<String, String> valueTypes = new LinkedHashMap<>();

    private final List<Change> missed = new ArrayList<>();
    private @Nullable BroughtClasses brought;
    private @Nullable TextCompiler compiler;
    private int broughtCount;
    private int compiled;
    private CompiledText last = CompiledText.NOTHING;

    /** What a text does to a compiler. */
    private interface Change {
        CompiledText apply(TextCompiler compiler);
    }

    TextSource(int engineId, @Nullable String classPath, TextLog kept, SharedTexts shared) {
        this.engineId = engineId;
        this.classPath = classPath;
        this.kept = kept;
        this.shared = shared;
        thread = Executors.newSingleThreadExecutor(work -> {
            // Nothing of the task on whose behalf it starts.
            Thread started = new Thread(null, work, "grid-compiler-" + engineId, 0, false);
            started.setDaemon(true);
            return started;
        });
    }

    /** Fails on a Java that cannot compile. */
    static void ensureCompiler(int engineId) {
        ensureCompiler(engineId, ModuleLayer.boot());
    }

    static void ensureCompiler(int engineId, ModuleLayer java) {
        for (String module : List.of("jdk.compiler", "jdk.jshell")) {
            if (java.findModule(module).isEmpty()) {
                throw new GridException("engine " + engineId + " runs on a Java without " + module
                        + ", which code given as text needs; start the engines with a whole JDK");
            }
        }
    }

    /** Begins with what was declared before in the grid. Called once. */
    CompiledText open(BroughtClasses classes) {
        brought = classes;
        TextLog.Known before = kept.read();
        valueTypes.putAll(before.valueTypes());
        if (!before.declarations().isEmpty()) {
            last = onThread(() -> {
                TextCompiler begun = begin(before.declarations());
                return begun.compile("text", "");
            });
        }
        return last;
    }

    /** The name of a class that a text has declared, if it is what that name means now. */
    Optional<String> typeName(String className) {
        return last.typeName(className);
    }

    /** The methods of a name that texts have declared. */
    List<CompiledText.Method> methods(String name) {
        return last.methods().getOrDefault(name, List.of());
    }

    /** The type of the value that a name was declared for; empty if a text declares it. */
    String valueType(String name) {
        return valueTypes.getOrDefault(name, "");
    }

    /** Compiles a text, or remembers it. */
    CompiledText compile(String name, String text, SharedTexts.User user) {
        CompiledText made = compiled(name, text, user);
        valueTypes.keySet().removeAll(made.declared());
        keep();
        return made;
    }

    /**
     * Declares a variable for a value that came from elsewhere, whose class may be there and not be for the compiler to
     * see, as one that was made at run time.
     */
    CompiledText declare(String typeName, String name, SharedTexts.User user) {
        CompiledText made;
        try {
            made = compiled("text", typeName + " " + name + ";", user);
        } catch (TextException unseen) {
            log.debug("'{}' cannot be declared as {}", name, typeName, unseen);
            made = compiled("text", "Object " + name + ";", user);
        }
        valueTypes.put(name, typeName);
        keep();
        return made;
    }

    /** Forgets a variable. */
    CompiledText drop(String name, SharedTexts.User user) {
        Change drop = present -> {
            present.drop(name);
            return present.compile("text", "");
        };
        CompiledText made = change(user, drop, "drop", "", name);
        valueTypes.remove(name);
        keep();
        return made;
    }

    private void keep() {
        kept.write(new TextLog.Known(last.declarations(), valueTypes));
    }

    private CompiledText compiled(String name, String text, SharedTexts.User user) {
        return change(user, present -> present.compile(name, text), name, text);
    }

    private CompiledText change(SharedTexts.User user, Change change, String... identity) {
        String key = SharedTexts.key(last.declarations(), identity);
        CompiledText text = known.get(key);
        if (text == null) {
            boolean[] here = {false};
            text = shared.get(key, user, new SharedTexts.Compiler() {
                @Override
                public CompiledText compile() {
                    here[0] = true;
                    return onThread(() -> compileHere(change));
                }

                @Override
                public Fingerprint brought() {
                    String names = String.join(
                            SEPARATOR, Objects.requireNonNull(brought).names());
                    return Fingerprint.of(names.getBytes(StandardCharsets.UTF_8));
                }
            });
            if (!here[0] && !text.declarations().equals(last.declarations())) {
                missed.add(change);
            }
            known.put(key, text.withoutClasses());
            if (known.size() > REMEMBERED) {
                known.remove(known.keySet().iterator().next());
            }
        } else if (!text.declarations().equals(last.declarations())) {
            missed.add(change);
        }
        last = text;
        return text;
    }

    /** On the compiler's thread. */
    private CompiledText compileHere(Change change) {
        TextCompiler present = upToDate();
        try {
            return change.apply(present);
        } catch (TextException invalid) {
            if (Objects.requireNonNull(brought).count() == broughtCount) {
                throw invalid;
            }
            // It may need a class that came later: a compiler never looks again at a package that it has seen.
            return change.apply(begin(last.declarations()));
        }
    }

    private TextCompiler upToDate() {
        TextCompiler present = compiler;
        if (present == null || missed.size() > MOST_MISSED || ++compiled > MOST_COMPILED) {
            present = begin(last.declarations());
        }
        try {
            for (Change change : missed) {
                change.apply(present);
            }
        } catch (TextException incomplete) {
            // It has not all that the engine had which compiled them; what they declared is known besides.
            return begin(last.declarations());
        }
        missed.clear();
        return present;
    }

    private TextCompiler begin(List<String> declarations) {
        if (compiler != null) {
            compiler.close();
        }
        missed.clear();
        compiled = 0;
        BroughtClasses classes = Objects.requireNonNull(brought);
        broughtCount = classes.count();
        TextCompiler begun = new TextCompiler(engineId, classPath, classes::ofPackage);
        begun.declare(declarations);
        compiler = begun;
        return begun;
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
        shared.close();
    }
}
