package io.gridctl.node.shell;

import io.gridctl.node.code.ClassFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What has become of a text.
 *
 * @param classes classes that were not part of an earlier text, and those that the steps reach
 * @param passing the classes of steps that no later text can refer to; they go when nobody uses what they made
 * @param steps what to call, in order
 * @param variables all variables that are declared now, by name
 * @param declared names of variables that the text declares; they begin anew
 * @param reached names of variables that the steps may read, assign or change
 * @param types the classes that are declared now: binary name to name
 * @param methods the methods that are declared now and can be called, by name
 * @param declarations all that is declared now, as source: fed to another compiler, it knows what this one knows
 * @param warnings what the writer should know
 */
public record CompiledText(
        List<ClassFile> classes,
        List<ClassFile> passing,
        List<Step> steps,
        Map<String, Variable> variables,
        Set<String> declared,
        Set<String> reached,
        Map<String, String> types,
        Map<String, List<Method>> methods,
        List<String> declarations,
        List<String> warnings) {

    /** The static method without arguments that each step calls. */
    public static final String METHOD = "do_it$";

    /** What texts know when none has declared anything. */
    public static final CompiledText NOTHING = new CompiledText(
            List.of(), List.of(), List.of(), Map.of(), Set.of(), Set.of(), Map.of(), Map.of(), List.of(), List.of());

    /**
     * The same for who has loaded the classes that stay.
     *
     * @return a copy without them
     */
    public CompiledText withoutClasses() {
        return new CompiledText(
                List.of(), passing, steps, variables, declared, reached, types, methods, declarations, warnings);
    }

    /**
     * The name by which a text may use a class that a text has declared.
     *
     * @param className the binary name
     * @return empty if the name means another class now, or none
     */
    public Optional<String> typeName(String className) {
        return types.entrySet().stream()
                .filter(type -> className.equals(type.getKey()) || className.startsWith(type.getKey() + "$"))
                .map(type -> type.getValue()
                        + className.substring(type.getKey().length()).replace('$', '.'))
                .findFirst();
    }

    /**
     * A statement or an expression of the text.
     *
     * @param className the class that has the {@link #METHOD}
     * @param typeName the type of the expression's value as one would write it, empty if it is none
     */
    public record Step(String className, String typeName) {
        /** {@return whether it is an expression with a value} */
        public boolean hasValue() {
            return !typeName.isEmpty();
        }
    }

    /**
     * Where a method is.
     *
     * @param className the class whose static method it is
     * @param reached names of variables that it may read, assign or change
     */
    public record Method(String className, Set<String> reached) {}

    /**
     * Where a variable is.
     *
     * @param className the class whose static field of the variable's name it is
     * @param typeName its type as one would write it
     */
    public record Variable(String className, String typeName) {}
}
