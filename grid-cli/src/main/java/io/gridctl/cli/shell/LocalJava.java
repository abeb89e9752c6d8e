package io.gridctl.cli.shell;

import io.gridctl.Grid;
import io.gridctl.LocalImports;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.ExpressionSnippet;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Status;
import jdk.jshell.Snippet.SubKind;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.VarSnippet;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;
import org.jspecify.annotations.Nullable;

/**
 * The Java of the prompt, in this process, where {@code grid}, {@code all} and {@code lbv} are the live objects. For the
 * shell's thread.
 */
final class LocalJava implements AutoCloseable {
    private static final List<String> IMPORTS = List.of(
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

    private final Printer printer;
    private final PromptClasses classes = new PromptClasses();
    private final PromptControl control;
    private final JShell shell;
    private final Queue<String> imports = new ConcurrentLinkedQueue<>();
    private int input;
    private int unseen;
    private boolean shown;

    LocalJava(Grid grid, Interrupts interrupts, Printer printer) {
        this.printer = printer;
        control = new PromptControl(classes, interrupts);
        shell = JShell.builder()
                .executionEngine(new Control(), Map.of())
                .tempVariableNameGenerator(this::nameOfValue)
                .build();
        for (String name : IMPORTS) {
            shell.eval("import " + name + ".*;");
        }
        LocalImports.takenBy(imports::add);
        bind("Grid", "grid", grid);
        bind("DirectView", "all", grid.engines());
        bind("LoadBalancedView", "lbv", grid.loadBalanced());
    }

    private final class Control implements ExecutionControlProvider {
        @Override
        public String name() {
            return "prompt";
        }

        @Override
        public ExecutionControl generate(ExecutionEnv environment, Map<String, String> parameters) {
            return control;
        }
    }

    /** As at IPython's prompt: what {@code Out[5]} shows is the variable {@code _5}. */
    private String nameOfValue() {
        return "_" + input + (shown ? "" : "_" + ++unseen);
    }

    ClassLoader loader() {
        return classes.loader();
    }

    SourceCodeAnalysis analysis() {
        return shell.sourceCodeAnalysis();
    }

    /**
     * Runs what was typed, up to the first snippet that fails.
     *
     * @param text several snippets
     * @param number of the input, for what it shows
     * @return false if something failed, which has been told
     */
    boolean run(String text, int number) {
        input = number;
        unseen = 0;
        String rest = text;
        while (true) {
            CompletionInfo info = analysis().analyzeCompletion(rest);
            if (info.completeness() == Completeness.EMPTY) {
                return true;
            }
            boolean whole = info.source() != null;
            // As at IPython's prompt, a semicolon keeps a value from being shown.
            shown = info.completeness() != Completeness.COMPLETE
                    || !Tokens.withoutComments(info.source()).stripTrailing().endsWith(";");
            for (SnippetEvent event : shell.eval(whole ? info.source() : rest)) {
                if (event.causeSnippet() == null && !tell(event)) {
                    return false;
                }
            }
            takeImports();
            rest = whole ? info.remaining() : "";
        }
    }

    /** What a line has had imported everywhere; JShell takes it when the line has run. */
    private void takeImports() {
        for (String statement = imports.poll(); statement != null; statement = imports.poll()) {
            shell.eval(statement);
        }
    }

    private boolean tell(SnippetEvent event) {
        Snippet snippet = event.snippet();
        if (event.status() == Status.REJECTED) {
            printer.errors(shell.diagnostics(snippet).toList(), snippet.source());
            return false;
        }
        if (event.exception() != null) {
            Throwable thrown = control.failure();
            printer.failure(thrown == null ? event.exception() : thrown, event.exception());
            return false;
        }
        if (snippet instanceof DeclarationSnippet declaration && event.status() != Status.VALID) {
            printer.waitsFor(shell.unresolvedDependencies(declaration).toList());
        }
        if (shown && isValue(snippet) && event.value() != null) {
            printer.value(input, event.value());
        }
        return true;
    }

    /** The value of an expression, though not of an assignment. */
    private static boolean isValue(Snippet snippet) {
        return snippet.subKind() == SubKind.TEMP_VAR_EXPRESSION_SUBKIND
                || (snippet instanceof ExpressionSnippet && snippet.subKind() == SubKind.VAR_VALUE_SUBKIND);
    }

    /** The value of a variable, or empty if there is no such variable. */
    Optional<Value> value(String name) {
        String key = Exchange.newKey();
        return shell.variables().anyMatch(variable -> variable.name().equals(name))
                        && isRun(exchange() + ".give(\"" + key + "\", " + name + ");")
                ? Optional.of(new Value(Exchange.take(key)))
                : Optional.empty();
    }

    /**
     * A value that may be null.
     *
     * @param value the value
     */
    record Value(@Nullable Object value) {}

    /** Declares a variable; false if its type is not known here. */
    boolean bind(String type, String name, @Nullable Object value) {
        String key = Exchange.newKey();
        Exchange.give(key, value);
        if (isRun(type + " " + name + " = " + exchange() + ".take(\"" + key + "\");")) {
            return true;
        }
        Exchange.<Object>take(key);
        return false;
    }

    private boolean isRun(String line) {
        return shell.eval(line).stream()
                .filter(event -> event.causeSnippet() == null)
                .allMatch(event -> event.status() == Status.VALID && event.exception() == null);
    }

    private static String exchange() {
        return Exchange.class.getName();
    }

    /** The names of the variables. */
    List<String> variables() {
        return shell.variables().map(VarSnippet::name).toList();
    }

    @Override
    public void close() {
        LocalImports.takenBy(null);
        shell.close();
    }
}
