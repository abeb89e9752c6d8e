package io.gridctl.node.payload;

import com.esotericsoftware.kryo.kryo5.Kryo;
import io.gridctl.node.payload.Unfilled.Kind;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What an object is made of that exists only when all of it has been read. If a part stands for an object that is not
 * there yet, or must be whole and is not, the object is made when it can be; see {@link GraphReferences}.
 */
final class Parts {
    private final Kryo kryo;
    private final GraphReferences references;
    private final int id;
    private final Kind kind;
    private final Object[] parts;
    private int count;
    private boolean later;

    /** Which parts stand for objects that are not there yet, if any does. */
    private int @Nullable [] numbers;

    /** Makes the object, maybe several times; the last one counts. */
    interface Maker {
        Object make(Object[] parts);
    }

    /** To be called before the first part is read. */
    Parts(Kryo kryo, Kind kind, int count) {
        this.kryo = kryo;
        this.kind = kind;
        references = (GraphReferences) kryo.getReferenceResolver();
        id = references.current();
        parts = new Object[count];
    }

    /** The part that has just been read. */
    void add(@Nullable Object part) {
        parts[count] = part;
        int number = part == null ? references.takeUnfinished() : GraphReferences.NONE;
        if (number != GraphReferences.NONE) {
            if (numbers == null) {
                numbers = new int[parts.length];
                Arrays.fill(numbers, GraphReferences.NONE);
            }
            numbers[count] = number;
            later = true;
        }
        later |= kind.matters(count) && !references.lastIsWhole();
        count++;
    }

    /** The parts so far. */
    Object[] soFar() {
        return parts;
    }

    /** Whether a part is missing. */
    boolean areIncomplete() {
        return numbers != null;
    }

    /** The object, or null if it is made later. */
    @Nullable
    Object make(Maker maker) {
        return later ? makeLater(maker) : maker.make(parts);
    }

    @Nullable
    Object makeLater(Maker maker) {
        Unfilled unfilled = new Unfilled(id, kind, all -> references.setReadObject(id, maker.make(all.toArray())));
        for (int i = 0; i < parts.length; i++) {
            unfilled.add(parts[i], numbers == null ? GraphReferences.NONE : numbers[i]);
        }
        references.createLater(kryo, unfilled);
        return null;
    }
}
