package io.gridctl;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The imports of this process's own texts, where it takes texts, as {@code gridctl shell} does. For implementations of
 * such a prompt; a program calls {@link DirectView#syncImports}.
 */
public final class LocalImports {
    private static final String NAME = "\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*";
    private static final Pattern IMPORT = Pattern.compile(
            "(?:import\\s+)?(static\\s+)?(" + NAME + "(?:\\." + NAME + ")*\\.(?:\\*|" + NAME + "))\\s*;?");

    private static volatile @Nullable Consumer<String> taker;

    private LocalImports() {}

    /**
     * Says who takes imports for the texts of this process from now on.
     *
     * @param newTaker is given each as a statement, {@code import java.util.*;}, on the thread that calls
     *     {@link DirectView#syncImports}, when the engines have it; null if nobody is
     */
    public static void takenBy(@Nullable Consumer<String> newTaker) {
        taker = newTaker;
    }

    static void take(List<String> statements) {
        Consumer<String> present = taker;
        if (present != null) {
            statements.forEach(present);
        }
    }

    /** Each as a statement; {@code static} and the word {@code import} may or may not stand before the name. */
    static List<String> statements(String... names) {
        return Arrays.stream(Objects.requireNonNull(names, "names"))
                .map(LocalImports::statement)
                .collect(Collectors.toList());
    }

    private static String statement(String name) {
        Matcher matcher = IMPORT.matcher(Objects.requireNonNull(name, "name").strip());
        if (matcher.matches()) {
            return "import " + (matcher.group(1) == null ? "" : "static ") + matcher.group(2) + ";";
        }
        throw new IllegalArgumentException("'" + name
                + "' is nothing to import; give a class or a package with .*, as java.util.List, java.util.* or"
                + " static java.lang.Math.*");
    }
}
