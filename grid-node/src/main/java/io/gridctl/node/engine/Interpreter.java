package io.gridctl.node.engine;

import io.gridctl.GridException;
import io.gridctl.NoSuchNameException;
import io.gridctl.TextException;
import io.gridctl.TextReply;
import io.gridctl.node.code.BroughtClasses;
import io.gridctl.node.code.ClassFile;
import io.gridctl.node.code.ProgramLoader;
import io.gridctl.node.shell.CompiledText;
import io.gridctl.node.shell.CompiledText.Step;
import io.gridctl.node.shell.StaticTypes;
import io.gridctl.node.shell.TextStacks;
import io.gridctl.node.shell.ValueDisplay;
import io.gridctl.node.task.StoredValue;
import io.gridctl.node.task.TextHeading;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.lang.model.SourceVersion;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs texts on the calling slot, one at a time for the whole engine. They are a program of their own, whose classes are
 * made here, and their variables are the names of the engine's namespace.
 */
final class Interpreter implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Interpreter.class);

    /** Of what a function or an argument is said to be; who else is asked for that is not known. */
    private static final TextHeading REFERENCE = new TextHeading("reference", Set.of());

    private final int engineId;
    private final Programs programs;
    private final UUID member;
    private final LiveNamespace namespace;
    private final TextTurns turns = new TextTurns();
    private final TextSource source;
    private @Nullable Session session;

    /** What begins with the first text. */
    private final class Session {
        final Programs.Program program = programs.openText(member);
        final BroughtClasses brought = programs.brought(program);
        final TextVariables variables = new TextVariables(program, namespace, source::valueType);
        final StaticTypes types = new StaticTypes(this::declaredName);
        final PassingClasses passing = new PassingClasses((ProgramLoader) program.loader());
        /** How many have run. */
        int texts;

        /** Whether all its classes are here or come with it; they may not, if it was compiled by another engine. */
        private boolean isWhole(CompiledText text) {
            for (Step step : text.steps()) {
                if (!isThere(step.className(), text)) {
                    return false;
                }
            }
            for (CompiledText.Variable variable : text.variables().values()) {
                if (!isThere(variable.className(), text)) {
                    return false;
                }
            }
            return true;
        }

        private boolean isThere(String className, CompiledText text) {
            return ((ProgramLoader) program.loader()).hasClassFile(className)
                    || isAmong(text.passing(), className)
                    || isAmong(text.classes(), className);
        }

        private static boolean isAmong(List<ClassFile> classes, String className) {
            for (ClassFile each : classes) {
                if (each.name().equals(className)) {
                    return true;
                }
            }
            return false;
        }

        SharedTexts.User user(Set<UUID> asked) {
            return new SharedTexts.User() {
                @Override
                public boolean fits(CompiledText made) {
                    return isWhole(made);
                }

                @Override
                public Set<UUID> asked() {
                    return asked;
                }
            };
        }

        /** The name of a class that a text has declared, as long as that name means it. */
        private Optional<String> declaredName(Class<?> type) {
            return source.typeName(type.getName());
        }
    }

    Interpreter(int engineId, Programs programs, UUID member, LiveNamespace namespace, TextSource source) {
        this.engineId = engineId;
        this.programs = programs;
        this.member = member;
        this.namespace = namespace;
        this.source = source;
    }

    /** The program of the texts. */
    Programs.Program program() throws ReflectiveOperationException {
        return session().program;
    }

    /** The same, if any text has run. */
    synchronized Optional<Programs.Program> programIfOpen() {
        return Optional.ofNullable(session).map(open -> open.program);
    }

    private synchronized Session session() throws ReflectiveOperationException {
        Session open = session;
        if (open == null) {
            TextSource.ensureCompiler(engineId);
            open = new Session();
            load(open, source.open(open.brought));
            session = open;
        }
        return open;
    }

    /** A text to run, and whether its value is wanted rather than what there is to tell of it. */
    record Text(TextHeading heading, String text, boolean valueWanted) {}

    /** Something that only one task at a time may do. */
    private interface InTurn<T> {
        T run(Session open) throws Throwable;
    }

    private <T> T inTurn(EngineTask task, InTurn<T> work) throws Throwable {
        TextTurns.Turn turn = turns.await(task);
        try {
            return work.run(session());
        } finally {
            turn.end();
        }
    }

    /** Runs a text; gives the bytes of its value or of a {@link TextReply}. */
    byte[] run(Text text, EngineTask task) throws Throwable {
        return inTurn(task, open -> {
            Ran ran = run(open, text.heading(), text.text());
            if (text.valueWanted()) {
                return open.program.encode("value of the text", ran.value());
            }
            Optional<String> shown = ran.hasValue() ? Optional.of(ValueDisplay.of(ran.value())) : Optional.empty();
            return open.program.encode(
                    "reply", new TextReply(engineId, open.texts, shown, ran.typeName(), "", "", ran.warnings()));
        });
    }

    /** What an expression means to texts. */
    @Nullable
    Object value(String expression, EngineTask task) throws Throwable {
        return inTurn(task, open -> meaning(open, expression).value());
    }

    /** What an expression means to texts where something is to be called. */
    TextFunction function(String expression, EngineTask task) throws Throwable {
        return inTurn(task, open -> {
            prepare(open, expression, open.user(REFERENCE.asked()));
            List<CompiledText.Method> methods = source.methods(expression.strip());
            if (!methods.isEmpty()) {
                return TextFunction.of(engineId, expression.strip(), methods, open.program.loader());
            }
            Ran ran = meaning(open, expression);
            return TextFunction.of(engineId, expression, ran.value(), ran.reached());
        });
    }

    private Ran meaning(Session open, String expression) throws Throwable {
        try {
            Ran ran = run(open, REFERENCE, expression);
            if (!ran.hasValue()) {
                throw new GridException(
                        "engine " + engineId + ": '" + expression + "' cannot be referred to, as it has no value");
            }
            return ran;
        } catch (TextException unknown) {
            if (SourceVersion.isName(expression.strip())) {
                throw new NoSuchNameException(engineId, expression.strip());
            }
            throw unknown;
        }
    }

    /** Calls a function as a part of a text would. */
    @Nullable
    Object call(TextFunction function, @Nullable Object[] arguments, EngineTask task) throws Throwable {
        return inTurn(task, open -> {
            Set<String> reached = function.reached(arguments);
            open.variables.load(reached);
            try {
                return function.call(arguments);
            } catch (Throwable thrown) {
                throw TextStacks.tidy(thrown);
            } finally {
                open.variables.store(reached).forEach(log::debug);
            }
        });
    }

    /** What came of a text. */
    private record Ran(@Nullable Object value, String typeName, Set<String> reached, List<String> warnings) {
        boolean hasValue() {
            return !typeName.isEmpty();
        }
    }

    private Ran run(Session open, TextHeading heading, String text) throws Throwable {
        SharedTexts.User user = open.user(heading.asked());
        prepare(open, text, user);
        CompiledText compiled = load(open, source.compile(heading.name(), text, user));
        List<String> warnings = new ArrayList<>(compiled.warnings());
        Set<String> concerned = new LinkedHashSet<>(compiled.declared());
        concerned.addAll(compiled.reached());
        open.variables.beginAnew(compiled.declared());
        open.variables.load(compiled.reached());
        if (Thread.interrupted()) {
            throw new InterruptedException("the text was cancelled before it ran");
        }
        open.texts++;
        Object value = null;
        String typeName = "";
        try {
            ClassLoader loader = open.passing.of(compiled);
            for (Step step : compiled.steps()) {
                value = call(loader, step);
                typeName = step.typeName();
            }
            value = typeName.isEmpty() ? null : value;
        } catch (Throwable thrown) {
            throw TextStacks.tidy(thrown);
        } finally {
            warnings.addAll(open.variables.store(concerned));
        }
        return new Ran(value, typeName, compiled.reached(), warnings);
    }

    private static @Nullable Object call(ClassLoader loader, Step step) throws Throwable {
        Method method = Class.forName(step.className(), true, loader).getDeclaredMethod(CompiledText.METHOD);
        method.setAccessible(true);
        MethodHandle handle = MethodHandles.lookup().unreflect(method);
        return handle.invoke();
    }

    private static CompiledText load(Session open, CompiledText compiled) throws ReflectiveOperationException {
        List<ClassFile> classes = compiled.classes();
        if (!classes.isEmpty()) {
            ((ProgramLoader) open.program.loader()).add(classes);
        }
        open.variables.moved(compiled.variables());
        return compiled;
    }

    /** Declares names that the text mentions, and anew those whose values are of another type now. */
    private void prepare(Session open, String text, SharedTexts.User user) throws ReflectiveOperationException {
        for (String removed : open.variables.removed()) {
            load(open, source.drop(removed, user));
        }
        for (String name : namespace.names()) {
            StoredValue stored = namespace.stored(name);
            if (stored == null || !open.variables.isInQuestion(name, stored, text)) {
                continue;
            }
            Object value = namespace.read(name, open.program).value();
            String typeName = open.types.of(value);
            if (!open.variables.accepts(name, value, typeName)) {
                load(open, source.declare(typeName, name, user));
            }
            open.variables.accepted(name, stored, open.types.isOfClass(value));
        }
    }

    @Override
    public void close() {
        source.close();
    }
}
