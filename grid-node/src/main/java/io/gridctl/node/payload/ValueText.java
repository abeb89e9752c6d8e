package io.gridctl.node.payload;

import java.lang.reflect.Array;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A value as text for somebody who does not have its classes. No code of theirs runs. */
public final class ValueText {
    private static final int LIMIT = 2000;
    private static final int ELEMENTS = 50;

    private final StringBuilder text = new StringBuilder();
    private final Set<Object> open = Collections.newSetFromMap(new IdentityHashMap<>());

    private ValueText() {}

    /**
     * Describes a value.
     *
     * @param payload the value as {@link PayloadCodec#encode} wrote it
     * @param classFiles finds class files by binary class name
     * @return each object as the name of its class and its fields, {@code demo.Point(x=1, y=2)}; empty if the value
     *     cannot be read without its classes
     */
    public static Optional<String> of(byte[] payload, Function<String, Optional<byte[]>> classFiles) {
        try {
            Object value = RawValues.isGraph(payload)
                    ? ObjectGraph.describe(payload, new Descriptions(classFiles))
                    : RawValues.decode(payload);
            ValueText text = new ValueText();
            text.append(value);
            return Optional.of(text.text.toString());
        } catch (Exception | LinkageError | StackOverflowError unreadable) {
            // Some collections need the real objects, to compare them for example.
            return Optional.empty();
        }
    }

    private void append(@Nullable Object value) {
        if (text.length() > LIMIT) {
            if (!text.toString().endsWith("…")) {
                text.append('…');
            }
        } else if (value instanceof String string) {
            text.append('"').append(string).append('"');
        } else if (value instanceof Described
                || value instanceof Collection
                || value instanceof Map
                || isArray(value)) {
            if (open.add(value)) {
                appendParts(value);
                open.remove(value);
            } else {
                text.append("(itself)");
            }
        } else {
            text.append(value);
        }
    }

    private static boolean isArray(@Nullable Object value) {
        return value != null && value.getClass().isArray();
    }

    private void appendParts(Object value) {
        if (value instanceof Described described) {
            text.append(described.className());
            String constant = described.constant();
            if (constant != null) {
                text.append('.').append(constant);
            } else {
                appendPairs("(", described.fields(), ")");
            }
        } else if (value instanceof Map<?, ?> map) {
            appendPairs("{", map, "}");
        } else if (value instanceof Collection<?> collection) {
            appendAll(collection.toArray());
        } else {
            appendAll(value);
        }
    }

    private void appendPairs(String begin, Map<?, ?> pairs, String end) {
        String separator = begin;
        for (Map.Entry<?, ?> pair : pairs.entrySet()) {
            text.append(separator);
            if (begin.equals("(")) {
                text.append(pair.getKey());
            } else {
                append(pair.getKey());
            }
            text.append('=');
            append(pair.getValue());
            separator = ", ";
        }
        text.append(pairs.isEmpty() ? begin + end : end);
    }

    private void appendAll(Object array) {
        int length = Array.getLength(array);
        text.append('[');
        for (int i = 0; i < Math.min(length, ELEMENTS); i++) {
            text.append(i == 0 ? "" : ", ");
            append(Array.get(array, i));
        }
        text.append(length > ELEMENTS ? ", … " + length + " elements]" : "]");
    }
}
