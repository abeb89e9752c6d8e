package io.gridctl.node.cluster;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The fields of a JSON object as it was read. A field that is missing, or is of another kind than asked for, is empty.
 *
 * @param fields name to value
 */
record JsonFields(Map<?, ?> fields) {
    Optional<String> text(String name) {
        return fields.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    OptionalLong number(String name) {
        return fields.get(name) instanceof Number number && !(number instanceof Double)
                ? OptionalLong.of(number.longValue())
                : OptionalLong.empty();
    }

    boolean flag(String name) {
        return Boolean.TRUE.equals(fields.get(name));
    }

    List<String> texts(String name) {
        return list(name).stream().map(String::valueOf).toList();
    }

    List<JsonFields> objects(String name) {
        return list(name).stream()
                .filter(Map.class::isInstance)
                .map(entry -> new JsonFields((Map<?, ?>) entry))
                .toList();
    }

    JsonFields object(String name) {
        return new JsonFields(fields.get(name) instanceof Map<?, ?> object ? object : Map.of());
    }

    private List<?> list(String name) {
        return fields.get(name) instanceof List<?> list ? list : List.of();
    }
}
