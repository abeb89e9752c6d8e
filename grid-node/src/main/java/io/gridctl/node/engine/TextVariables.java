package io.gridctl.node.engine;

import io.gridctl.NotShippableException;
import io.gridctl.node.payload.ArraySource;
import io.gridctl.node.payload.PayloadCodec;
import io.gridctl.node.shell.CompiledText;
import io.gridctl.node.shell.TextClasses;
import io.gridctl.node.task.StoredValue;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import javax.lang.model.SourceVersion;
import org.jspecify.annotations.Nullable;

/**
 * The variables of an engine's texts and the names of its namespace are the same thing. A text works on static fields,
 * which get the namespace's values before it runs if these have changed, and whose values are stored when it has run.
 *
 * <p>For one thread at a time.
 */
final class TextVariables {
    private final Programs.Program program;
    private final LiveNamespace namespace;
    private final UnaryOperator<String> valueType;
    private final Map<String, Variable> variables = new HashMap<>();

    /** One variable; it is as it was stored, unless a text has run since. */
    private static final class Variable {
        final CompiledText.Variable where;
        final Field field;
        /** What the namespace held when field and namespace were the same; null if they never were. */
        private @Nullable StoredValue stored;

        private @Nullable Object value;
        /** Of the value's bytes as they were then; null if that is not known. */
        private @Nullable Fingerprint fingerprint;

        /** The class of values that need no look: it can hold each of them, and needs no other type for any. */
        private String acceptedClass = "";

        Variable(CompiledText.Variable where, Field field) {
            this.where = where;
            this.field = field;
        }

        @Nullable
        Object read() {
            try {
                return field.get(null);
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
        }

        boolean write(@Nullable Object written) {
            try {
                field.set(null, written);
                return true;
            } catch (IllegalArgumentException | NullPointerException otherType) {
                return false;
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Given, by name, the type of the value that a variable was declared for; empty if a text declares it. */
    TextVariables(Programs.Program program, LiveNamespace namespace, UnaryOperator<String> valueType) {
        this.program = program;
        this.namespace = namespace;
        this.valueType = valueType;
    }

    /**
     * Whether it may need another declaration: it has none and the text mentions it, or holds a value that somebody else
     * stored, of a class that says too little or that it was not declared for.
     */
    boolean isInQuestion(String name, StoredValue stored, String text) {
        Variable variable = variables.get(name);
        if (variable == null) {
            return mentions(text, name) && SourceVersion.isIdentifier(name) && !SourceVersion.isKeyword(name);
        }
        return variable.stored != stored && !stored.typeName().equals(variable.acceptedClass);
    }

    private static boolean mentions(String text, String name) {
        if (name.isEmpty()) {
            return false;
        }
        for (int from = text.indexOf(name); from >= 0; from = text.indexOf(name, from + 1)) {
            int to = from + name.length();
            boolean begins = from == 0 || !Character.isJavaIdentifierPart(text.codePointBefore(from));
            boolean ends = to == text.length() || !Character.isJavaIdentifierPart(text.codePointAt(to));
            if (begins && ends) {
                return true;
            }
        }
        return false;
    }

    /** Whether a variable can hold a value as it is; one that was declared for a value has exactly the type of the next. */
    boolean accepts(String name, @Nullable Object value, String typeName) {
        Variable variable = variables.get(name);
        if (variable == null) {
            return false;
        }
        Class<?> type = variable.field.getType();
        boolean fits = value == null ? !type.isPrimitive() : boxed(type).isInstance(value);
        String declaredFor = valueType.apply(name);
        return fits && (declaredFor.isEmpty() || declaredFor.equals(typeName));
    }

    /** A variable can hold a value that was stored; whether the value's class tells its type. */
    void accepted(String name, StoredValue stored, boolean isOfClass) {
        Variable variable = variables.get(name);
        if (variable != null) {
            variable.acceptedClass = isOfClass || valueType.apply(name).isEmpty() ? stored.typeName() : "";
        }
    }

    private static Class<?> boxed(Class<?> type) {
        return type.isPrimitive() ? Array.get(Array.newInstance(type, 1), 0).getClass() : type;
    }

    /** Variables whose names have been removed. */
    List<String> removed() {
        List<String> removed = new ArrayList<>();
        variables.forEach((name, variable) -> {
            if (variable.stored != null && namespace.stored(name) == null) {
                removed.add(name);
            }
        });
        return removed;
    }

    /** Takes over where the variables are now; one that has moved gets its value from its name, or keeps it. */
    void moved(Map<String, CompiledText.Variable> now) throws ReflectiveOperationException {
        variables.keySet().retainAll(now.keySet());
        for (Map.Entry<String, CompiledText.Variable> each : now.entrySet()) {
            Variable before = variables.get(each.getKey());
            if (before == null || !before.where.equals(each.getValue())) {
                Field field = Class.forName(each.getValue().className(), true, program.loader())
                        .getDeclaredField(each.getKey());
                field.setAccessible(true);
                Variable variable = new Variable(each.getValue(), field);
                if (before != null && before.stored == null) {
                    variable.write(before.read());
                }
                variables.put(each.getKey(), variable);
            }
        }
    }

    /** These are declared by the text that is about to run, whatever their names hold. */
    void beginAnew(Collection<String> names) {
        for (String name : names) {
            Variable variable = Objects.requireNonNull(variables.get(name));
            Class<?> type = variable.field.getType();
            variable.write(type.isPrimitive() ? Array.get(Array.newInstance(type, 1), 0) : null);
            variable.stored = namespace.stored(name);
            variable.fingerprint = null;
        }
    }

    /** Gives these the values of their names, if they have changed. */
    void load(Collection<String> names) {
        for (String name : names) {
            Variable variable = variables.get(name);
            StoredValue stored = namespace.stored(name);
            if (variable != null && stored != null && stored != variable.stored) {
                Object value = namespace.read(name, program).value();
                if (variable.write(value)) {
                    variable.stored = stored;
                    variable.value = value;
                    variable.fingerprint = fingerprint(value);
                }
            }
        }
    }

    /** Null where whether the value is another one is seen without, or cannot be seen. */
    private @Nullable Fingerprint fingerprint(@Nullable Object value) {
        if (PayloadCodec.isConstant(value)) {
            return null;
        }
        try {
            return ArraySource.fits(value)
                    ? Fingerprint.of(ArraySource.of(Objects.requireNonNull(value)))
                    : Fingerprint.of(program.encodeForHere("value", value));
        } catch (NotShippableException untransportable) {
            return null;
        }
    }

    /** What is to be stored. */
    private record Stored(LiveNamespace.Change change, Fingerprint fingerprint) {}

    /** Stores the values of these, as far as they are other ones now; says of which ones that is not possible. */
    List<String> store(Collection<String> names) {
        List<String> warnings = new ArrayList<>();
        Map<String, LiveNamespace.Change> changes = new LinkedHashMap<>();
        Map<String, StoredValue> looked = new HashMap<>();
        Map<String, Fingerprint> fingerprints = new HashMap<>();
        for (String name : names) {
            Variable variable = variables.get(name);
            if (variable == null) {
                continue;
            }
            try {
                Stored stored = ifChanged(name, variable);
                if (stored != null) {
                    changes.put(name, stored.change());
                    fingerprints.put(name, stored.fingerprint());
                    if (variable.stored != null) {
                        looked.put(name, variable.stored);
                    }
                }
            } catch (NotShippableException untransportable) {
                warnings.add("'" + name + "' stays on this engine and ends with it: "
                        + TextClasses.tidy(String.valueOf(untransportable.getMessage())));
            }
        }
        for (String name : namespace.writeUnlessChanged(changes, looked)) {
            Variable variable = Objects.requireNonNull(variables.get(name));
            variable.stored = namespace.stored(name);
            variable.value = Objects.requireNonNull(changes.get(name)).live();
            variable.fingerprint = fingerprints.get(name);
        }
        return warnings;
    }

    /** Null if the value is as it was stored. An array, which may be large, is looked at where it is. */
    private @Nullable Stored ifChanged(String name, Variable variable) {
        Object value = variable.read();
        if (variable.stored != null && PayloadCodec.isConstant(value) && Objects.equals(value, variable.value)) {
            return null;
        }
        if (value != null && ArraySource.fits(value)) {
            ArraySource elements = ArraySource.of(value);
            Fingerprint now = Fingerprint.of(elements);
            return now.equals(variable.fingerprint)
                    ? null
                    : new Stored(change(namespace.toStore(name, elements, value), value), now);
        }
        Programs.Encoded encoded = program.encodeForStore("value of '" + name + "'", value);
        Fingerprint now = Fingerprint.of(encoded.bytes());
        return now.equals(variable.fingerprint)
                ? null
                : new Stored(change(namespace.toStore(name, encoded, value), value), now);
    }

    private LiveNamespace.Change change(StoredValue stored, @Nullable Object live) {
        return new LiveNamespace.Change(stored, live, program);
    }
}
