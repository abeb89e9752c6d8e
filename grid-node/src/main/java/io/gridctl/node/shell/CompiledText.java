package io.gridctl.node.shell;

import io.gridctl.node.code.ClassFile;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What has become of a text.
 *
 * @param classes classes that were not part of an earlier text
 * @param steps what to call, in order
 * @param variables all variables that are declared now, by name
 * @param declared names of variables that the text declares; they begin anew
 * @param reached names of variables that the steps may read, assign or change
 * @param warnings what the writer should know
 */
public record CompiledText(
        List<ClassFile> classes,
        List<Step> steps,
        Map<String, Variable> variables,
        Set<String> declared,
        Set<String> reached,
        List<String> warnings) {

    /** The static method without arguments that each step calls. */
    public static final String METHOD = "do_it$";

    /**
     * The same for who has loaded the classes.
     *
     * @return a copy without them
     */
    public CompiledText withoutClasses() {
        return new CompiledText(List.of(), steps, variables, declared, reached, warnings);
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
     * Where a variable is.
     *
     * @param className the class whose static field of the variable's name it is
     * @param typeName its type as one would write it
     */
    public record Variable(String className, String typeName) {}
}
