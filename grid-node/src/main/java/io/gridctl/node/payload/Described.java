package io.gridctl.node.payload;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Stands for an object whose class is not here: the name of its class and what its fields held. */
final class Described {
    private final String className;
    private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    private final @Nullable String constant;

    Described(String className, @Nullable String constant) {
        this.className = className;
        this.constant = constant;
    }

    void put(String field, @Nullable Object value) {
        fields.put(field, value);
    }

    String className() {
        return className;
    }

    /** The name of an enum's constant, or what else says all of it; null if the fields do. */
    @Nullable
    String constant() {
        return constant;
    }

    Map<String, @Nullable Object> fields() {
        return fields;
    }
}
