package io.gridctl.node.payload;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A collection or a map that was read, but not filled, because its elements refer to objects that are not whole; or a
 * record that was not made for the same reason.
 */
final class Unfilled {
    private final int id;
    private final Kind kind;
    private final Filler filler;
    private final List<@Nullable Object> elements = new ArrayList<>();
    private final Map<Integer, Integer> unfinished = new LinkedHashMap<>();
    private int @Nullable [] hashes;
    private @Nullable RuntimeException failure;

    /** What the place of an element depends on. */
    enum Kind {
        BY_INDEX,
        BY_HASH,
        BY_KEYS_HASH,
        BY_ORDER,
        /** Not a collection, but an object whose constructor may look into one. */
        BY_CONSTRUCTOR,
        /** The same, and it asks its parts for their hash codes. */
        BY_CONTENT;

        /** Whether nothing tells if it would be filled as before. */
        boolean isMadeAnew() {
            return this == BY_ORDER || this == BY_CONSTRUCTOR || this == BY_CONTENT;
        }

        /** Whether that one of the elements, or of the keys and values by turns, must be whole before it goes in. */
        boolean matters(int index) {
            return this != BY_INDEX && this != BY_CONSTRUCTOR && (this != BY_KEYS_HASH || index % 2 == 0);
        }
    }

    /** Puts the elements in, and takes out what was there. */
    interface Filler {
        void fill(List<@Nullable Object> elements);
    }

    Unfilled(int id, Kind kind, Filler filler) {
        this.id = id;
        this.kind = kind;
        this.filler = filler;
    }

    /** The object's number in its graph. */
    int id() {
        return id;
    }

    /** The next element; one that is null may stand for the object of this number. */
    void add(@Nullable Object element, int number) {
        if (number != GraphReferences.NONE) {
            unfinished.put(elements.size(), number);
        }
        elements.add(element);
    }

    /**
     * Fills it if the elements belong elsewhere than when it was filled last, and says whether that was so. What cannot
     * be told is taken to have changed, unless this is the last round.
     */
    boolean settle(GraphReferences references, boolean again) {
        boolean changed = complete(references) || hashes == null || failure != null;
        try {
            int[] now = hashes();
            changed |= !Arrays.equals(now, hashes);
            if (changed || (again && kind.isMadeAnew())) {
                filler.fill(elements);
            }
            hashes = now;
            failure = null;
            return changed;
        } catch (RuntimeException e) {
            // It may read another collection that is not filled yet.
            failure = e;
            return true;
        }
    }

    private boolean complete(GraphReferences references) {
        boolean changed = false;
        for (Map.Entry<Integer, Integer> each : unfinished.entrySet()) {
            Object now = references.there(each.getValue());
            changed |= elements.set(each.getKey(), now) != now;
        }
        return changed;
    }

    private int[] hashes() {
        return switch (kind) {
            case BY_INDEX, BY_ORDER, BY_CONSTRUCTOR, BY_CONTENT -> new int[0];
            case BY_HASH -> elements.stream().mapToInt(Objects::hashCode).toArray();
            case BY_KEYS_HASH -> {
                int[] keys = new int[elements.size() / 2];
                Arrays.setAll(keys, i -> Objects.hashCode(elements.get(2 * i)));
                yield keys;
            }
        };
    }

    void ensureFilled() {
        if (failure != null) {
            throw new PayloadException(
                    "A collection or a record in a cycle of objects cannot be rebuilt: " + failure, failure);
        }
    }
}
