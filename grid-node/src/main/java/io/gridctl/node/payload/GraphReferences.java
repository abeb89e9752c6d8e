package io.gridctl.node.payload;

import com.esotericsoftware.kryo.kryo5.util.MapReferenceResolver;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps track of shared objects. Records, functions and JDK-serialized objects exist only after everything inside them
 * was read; a field that refers back to one of those is set at the end.
 */
final class GraphReferences extends MapReferenceResolver {
    private static final int NONE = -1;

    private final List<Later> later = new ArrayList<>();
    private int unfinished = NONE;
    private int unanswered;

    private record Later(FieldAccess field, Object object, int id) {}

    @Override
    @SuppressWarnings("rawtypes")
    public @Nullable Object getReadObject(Class type, int id) {
        Object object = super.getReadObject(type, id);
        if (object == null) {
            unfinished = id;
            unanswered++;
        }
        return object;
    }

    /** Whether the null just read stands for an object that is not there yet; if so, the field is noted. */
    boolean setLater(FieldAccess field, Object object) {
        if (unfinished == NONE) {
            return false;
        }
        later.add(new Later(field, object, unfinished));
        unfinished = NONE;
        unanswered--;
        return true;
    }

    /** Sets the noted fields; call once the whole graph was read. */
    void finish() throws IllegalAccessException {
        if (unanswered > 0) {
            throw new PayloadException("The value has a cycle that passes through a record, a function or a JDK object"
                    + " and comes back through a collection or another such object; such a cycle cannot be rebuilt.");
        }
        for (Later each : later) {
            each.field.set(each.object, super.getReadObject(Object.class, each.id));
        }
    }

    @Override
    public void reset() {
        super.reset();
        later.clear();
        unfinished = NONE;
        unanswered = 0;
    }
}
