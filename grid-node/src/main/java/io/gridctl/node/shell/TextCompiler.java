package io.gridctl.node.shell;

import io.gridctl.TextException;
import io.gridctl.TextException.Problem;
import io.gridctl.node.code.ClassFile;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.ExpressionSnippet;
import jdk.jshell.ImportSnippet;
import jdk.jshell.JShell;
import jdk.jshell.PersistentSnippet;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Status;
import jdk.jshell.Snippet.SubKind;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.TypeDeclSnippet;
import jdk.jshell.VarSnippet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns texts into classes, one after the other: what one declares the next may use. Nothing runs here. A text that does
 * not compile leaves nothing behind.
 *
 * <p>For one thread, which must not be interrupted: that would close the JDK's files under the compiler.
 */
public final class TextCompiler implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(TextCompiler.class);

    /** Those of the JShell tool, and those of our own API. */
    static final List<String> IMPORTS = List.of(
            "java.io",
            "java.math",
            "java.net",
            "java.nio.file",
            "java.util",
            "java.util.concurrent",
            "java.util.function",
            "java.util.prefs",
            "java.util.regex",
            "java.util.stream",
            "io.gridctl",
            "io.gridctl.function");

    private final int engineId;
    private final Recorder recorder = new Recorder();
    private final Wrappers wrappers = new Wrappers(recorder.classes());
    private final JShell shell;
    private @Nullable TextFiles files;
    private final Set<String> delivered = new HashSet<>();
    private final Set<Snippet> imports = new HashSet<>();
    private final Set<DeclarationSnippet> incomplete = new LinkedHashSet<>();

    /**
     * A compiler that knows no declarations yet.
     *
     * @param engineId the engine, for messages
     * @param classPath where classes are that no program brings, as for javac; null for that of this process
     * @param brought gives the classes of a package that programs have brought
     */
    public TextCompiler(int engineId, @Nullable String classPath, Function<String, List<ClassFile>> brought) {
        this.engineId = engineId;
        JShell.Builder builder = JShell.builder()
                .executionEngine(recorder, Map.of())
                .fileManager(files -> shownBy(new TextFiles(files, brought)));
        if (classPath != null) {
            builder.compilerOptions("-classpath", classPath);
        }
        shell = builder.build();
        IMPORTS.forEach(this::importAll);
        if (files != null && files.hasUnnamed()) {
            importAll(UnnamedPackage.NAME);
        }
    }

    private TextFiles shownBy(TextFiles shown) {
        files = shown;
        return shown;
    }

    private void importAll(String packageName) {
        shell.eval("import " + packageName + ".*;").forEach(event -> imports.add(event.snippet()));
    }

    /** A piece of the text that has been taken, and what it took the place of. */
    private record Taken(
            Snippet snippet, int offset, @Nullable String replaced) {}

    /** What is being made of a text. */
    private static final class Draft {
        final String name;
        final String text;
        final List<Taken> taken = new ArrayList<>();
        final List<Problem> problems = new ArrayList<>();
        final List<String> warnings = new ArrayList<>();
        final List<CompiledText.Step> steps = new ArrayList<>();
        /** The steps' wrappers. */
        final Set<String> roots = new LinkedHashSet<>();
        /** Wrappers that no later text can refer to, and what is in them. */
        final Map<String, Snippet> passing = new LinkedHashMap<>();

        Draft(String name, String text) {
            this.name = name;
            this.text = text;
        }

        Positions from(int offset) {
            return new Positions(name, text, offset);
        }
    }

    /**
     * Compiles a text.
     *
     * @param name what it is called
     * @param text several statements, declarations and imports
     * @return what is to be loaded and called
     * @throws TextException if it is not valid
     */
    public CompiledText compile(String name, String text) {
        Draft draft = new Draft(name, text);
        String rest = text;
        while (draft.problems.isEmpty()) {
            CompletionInfo info = shell.sourceCodeAnalysis().analyzeCompletion(rest);
            if (info.completeness() == Completeness.EMPTY) {
                break;
            }
            String source = info.source() == null ? rest : info.source();
            // Without what stands before it the same line is the same to JShell, wherever it is.
            String stripped = source.stripLeading();
            Positions at = draft.from(text.length() - rest.length() + source.length() - stripped.length());
            List<SnippetEvent> events = shell.eval(stripped);
            for (SnippetEvent event : events) {
                take(event, at, draft);
            }
            for (String wrapper : recorder.takeInvoked()) {
                step(snippetOf(wrapper, events), wrapper, at, draft);
            }
            rest = info.source() == null ? "" : info.remaining();
        }
        List<String> unusable = unusable();
        if (!draft.problems.isEmpty()) {
            undo(draft.taken);
            throw new TextException(engineId, name, draft.problems);
        }
        draft.warnings.addAll(unusable);
        CompiledText compiled = deliver(draft);
        forgetPassing(draft);
        return compiled;
    }

    private void take(SnippetEvent event, Positions at, Draft draft) {
        Snippet snippet = event.snippet();
        if (event.status() == Status.OVERWRITTEN) {
            for (int i = 0; i < draft.taken.size(); i++) {
                Taken one = draft.taken.get(i);
                if (one.replaced() == null && one.snippet().equals(event.causeSnippet())) {
                    draft.taken.set(i, new Taken(one.snippet(), one.offset(), snippet.source()));
                }
            }
            return;
        }
        boolean own = event.causeSnippet() == null;
        if (event.status() == Status.REJECTED) {
            shell.diagnostics(snippet).filter(Diag::isError).forEach(diag -> draft.problems.add(at.problem(diag)));
            if (draft.problems.isEmpty()) {
                draft.problems.add(at.problem("this is not valid"));
            }
            return;
        }
        if (own) {
            draft.taken.add(new Taken(snippet, at.offset(), null));
            shell.diagnostics(snippet)
                    .filter(diag -> !diag.isError())
                    .forEach(diag -> draft.warnings.add(at.warning(diag)));
        }
        if (!isUsable(event.status()) && snippet instanceof DeclarationSnippet declaration) {
            incomplete.add(declaration);
        }
    }

    private static boolean isUsable(Status status) {
        return status != Status.RECOVERABLE_DEFINED && status != Status.RECOVERABLE_NOT_DEFINED;
    }

    /** What the text has left without something that it needs. */
    private List<String> unusable() {
        List<String> sentences = incomplete.stream()
                .filter(snippet -> !isUsable(shell.status(snippet)))
                .map(this::unusable)
                .toList();
        incomplete.clear();
        return sentences;
    }

    private String unusable(DeclarationSnippet snippet) {
        String missing = shell.unresolvedDependencies(snippet).collect(Collectors.joining(", "));
        String why = missing.isEmpty()
                ? shell.diagnostics(snippet)
                        .filter(Diag::isError)
                        .map(diag -> UnnamedPackage.unnamed(diag.getMessage(Locale.ENGLISH))
                                .lines()
                                .findFirst()
                                .orElse(""))
                        .findFirst()
                        .orElse("it does not compile any more")
                : missing + " is not declared";
        return "'" + snippet.name() + "' cannot be used: " + why;
    }

    /** What was taken before the piece that is wrong goes, and what it had replaced comes back. */
    private void undo(List<Taken> taken) {
        for (int at = taken.size() - 1; at >= 0; at--) {
            Taken one = taken.get(at);
            if (one.replaced() != null) {
                shell.eval(one.replaced());
            } else if (shell.status(one.snippet()).isActive()) {
                shell.drop(one.snippet());
            }
        }
        recorder.takeInvoked();
    }

    private Snippet snippetOf(String wrapper, List<SnippetEvent> events) {
        return events.stream()
                .filter(event -> event.status().isDefined())
                .map(SnippetEvent::snippet)
                .filter(snippet -> wrapper.equals(wrapperOf(snippet)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nothing of the text is in " + wrapper));
    }

    private void step(Snippet snippet, String wrapper, Positions at, Draft draft) {
        String step = recorder.stepOf(wrapper);
        if (!draft.roots.add(step)) {
            return;
        }
        if (isTemporary(snippet) || !step.equals(wrapper)) {
            draft.passing.put(step, snippet);
            wrappers.distinguish(step, at.toString());
        }
        if (isTemporary(snippet)) {
            draft.passing.put(wrapper, snippet);
        }
        draft.steps.add(new CompiledText.Step(step, typeOf(snippet)));
    }

    /** The type of an expression's value; empty if it is none. */
    private static String typeOf(Snippet snippet) {
        if (snippet instanceof ExpressionSnippet expression) {
            return UnnamedPackage.unnamed(expression.typeName());
        }
        return snippet instanceof VarSnippet variable && isTemporary(variable) ? typeName(variable) : "";
    }

    private static String typeName(VarSnippet variable) {
        return UnnamedPackage.unnamed(variable.typeName());
    }

    private String wrapperOf(Snippet snippet) {
        return shell.sourceCodeAnalysis().wrapper(snippet).fullClassName();
    }

    /** Nobody can name what a line gave without a name. */
    private static boolean isTemporary(Snippet snippet) {
        return !(snippet instanceof PersistentSnippet) || snippet.subKind() == SubKind.TEMP_VAR_EXPRESSION_SUBKIND;
    }

    private CompiledText deliver(Draft draft) {
        Map<Snippet, Integer> offsets = new LinkedHashMap<>();
        draft.taken.forEach(one -> offsets.put(one.snippet(), one.offset()));
        Map<String, CompiledText.Variable> variables = new LinkedHashMap<>();
        Map<String, String> variableOf = new LinkedHashMap<>();
        Map<String, String> types = new LinkedHashMap<>();
        List<ClassFile> classes = new ArrayList<>();
        Set<String> closure = wrappers.closure(draft.roots);
        shell.snippets().filter(this::isLoaded).forEach(snippet -> {
            String wrapper = wrapperOf(snippet);
            String renamed = wrappers.name(wrapper);
            boolean valid = shell.status(snippet) == Status.VALID;
            if (valid && snippet instanceof VarSnippet variable && !isTemporary(variable)) {
                variables.put(variable.name(), new CompiledText.Variable(renamed, typeName(variable)));
                variableOf.put(wrapper, variable.name());
            }
            if (valid && snippet instanceof TypeDeclSnippet type) {
                types.put(renamed + "$" + type.name(), type.name());
            }
            if (draft.passing.containsKey(wrapper)) {
                return;
            }
            boolean isNew = delivered.add(renamed);
            if (isNew || closure.contains(wrapper)) {
                classes.addAll(classes(wrapper, snippet, draft.from(offsets.getOrDefault(snippet, 0))));
            }
        });
        List<ClassFile> passing = new ArrayList<>();
        draft.passing.forEach((wrapper, snippet) ->
                passing.addAll(classes(wrapper, snippet, draft.from(offsets.getOrDefault(snippet, 0)))));
        Set<String> declared = offsets.keySet().stream()
                .filter(snippet -> snippet instanceof VarSnippet && !isTemporary(snippet))
                .map(snippet -> ((VarSnippet) snippet).name())
                .filter(variables::containsKey)
                .collect(Collectors.toSet());
        Set<String> reached = reached(draft.roots, variableOf);
        Map<String, List<CompiledText.Method>> methods = new LinkedHashMap<>();
        shell.methods().filter(method -> shell.status(method) == Status.VALID).forEach(method -> {
            String wrapper = wrapperOf(method);
            methods.computeIfAbsent(method.name(), key -> new ArrayList<>())
                    .add(new CompiledText.Method(wrappers.name(wrapper), reached(Set.of(wrapper), variableOf)));
        });
        return new CompiledText(
                classes,
                passing,
                draft.steps.stream()
                        .map(step -> new CompiledText.Step(wrappers.name(step.className()), step.typeName()))
                        .toList(),
                variables,
                declared,
                reached,
                types,
                methods,
                declarations(),
                List.copyOf(draft.warnings));
    }

    private List<ClassFile> classes(String wrapper, Snippet snippet, Positions at) {
        return wrappers.classes(
                wrapper, at.name(), () -> new Lines(shell.sourceCodeAnalysis().wrapper(snippet), at));
    }

    /** The variables that some wrappers may use, themselves or through what a variable that they use was given. */
    private Set<String> reached(Set<String> roots, Map<String, String> variableOf) {
        Set<String> closure = wrappers.closure(roots);
        Set<String> withValues = new LinkedHashSet<>(closure);
        closure.forEach(wrapper -> withValues.add(recorder.stepOf(wrapper)));
        if (withValues.size() > closure.size()) {
            return reached(withValues, variableOf);
        }
        return closure.stream()
                .map(variableOf::get)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private boolean isLoaded(Snippet snippet) {
        return shell.status(snippet).isActive()
                && !(snippet instanceof ImportSnippet)
                && recorder.classes().containsKey(wrapperOf(snippet));
    }

    /** The line of a variable stays: JShell does not make it again when the same is declared again. */
    private void forgetPassing(Draft draft) {
        draft.passing.forEach((wrapper, snippet) -> {
            if (isTemporary(snippet)) {
                wrappers.forget(wrapper);
            }
        });
        draft.taken.stream()
                .map(Taken::snippet)
                .filter(TextCompiler::isTemporary)
                .forEach(shell::drop);
    }

    /**
     * Forgets a variable.
     *
     * @param name its name; nothing happens if there is none
     */
    public void drop(String name) {
        shell.variables()
                .filter(variable ->
                        variable.name().equals(name) && shell.status(variable).isActive())
                .toList()
                .forEach(shell::drop);
        recorder.takeInvoked();
    }

    private List<String> declarations() {
        Deque<String> sources = new ArrayDeque<>();
        List<String> last = new ArrayList<>();
        shell.snippets().filter(snippet -> shell.status(snippet).isActive()).forEach(snippet -> {
            if (snippet instanceof VarSnippet variable) {
                if (!isTemporary(variable) && shell.status(variable) == Status.VALID) {
                    last.add(variable.typeName() + " " + variable.name() + ";");
                }
            } else if (snippet instanceof ImportSnippet && !imports.contains(snippet)) {
                sources.add(snippet.source().strip());
            } else if (snippet instanceof DeclarationSnippet) {
                sources.add(snippet.source().strip());
            }
        });
        List<String> all = new ArrayList<>(sources);
        all.addAll(last);
        return all;
    }

    /**
     * Takes what another compiler had {@linkplain CompiledText#declarations declared}. What is not valid here is left out.
     *
     * @param declarations sources
     */
    public void declare(List<String> declarations) {
        for (String declaration : declarations) {
            try {
                compile("text", declaration);
            } catch (TextException e) {
                log.warn(
                        "a declaration was left out: {}",
                        Optional.ofNullable(e.getMessage()).orElse(declaration));
            }
        }
        // Whoever loads classes has not seen these.
        delivered.clear();
    }

    @Override
    public void close() {
        shell.close();
    }
}
