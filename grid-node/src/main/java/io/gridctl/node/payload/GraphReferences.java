package io.gridctl.node.payload;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.util.MapReferenceResolver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps track of shared objects. Records, functions and JDK-serialized objects exist only after everything inside them
 * was read; a place that refers back to one of those is set when that one is whole. Then, too, those collections get
 * their elements whose elements refer back: before that, their hash codes would be those of half-read objects.
 */
final class GraphReferences extends MapReferenceResolver {
    /** That a null is a null. */
    static final int NONE = -1;

    private final OpenObjects open = new OpenObjects();
    private final List<Later> later = new ArrayList<>();
    private final List<Unfilled> unfilled = new ArrayList<>();
    private int unfinished = NONE;
    private int unanswered;

    /** A field or an element of an array. */
    interface Place {
        void set(@Nullable Object value) throws IllegalAccessException;
    }

    private record Later(int id, Place place) {}

    /** The next object begins; the answer is for {@link #leave}. */
    int enter() {
        return open.enter(readObjects.size());
    }

    /** The object that began last was read. */
    void leave(int outer) {
        int id = open.current();
        if (open.leave(readObjects.size(), outer) && !(later.isEmpty() && unfilled.isEmpty())) {
            settle(id);
        }
    }

    /** The id of the object that is being read. */
    int current() {
        return open.current();
    }

    /** Whether the element just read of the current collection is whole. */
    boolean lastIsWhole() {
        return open.lastIsWhole();
    }

    @Override
    @SuppressWarnings("rawtypes")
    public @Nullable Object getReadObject(Class type, int id) {
        Object object = readObjects.get(id);
        open.refer(id);
        if (object == null) {
            unfinished = id;
            unanswered++;
        }
        return object;
    }

    /** The object for which the null just read stands because it is not there yet, or {@link #NONE}. */
    int takeUnfinished() {
        int id = unfinished;
        if (id != NONE) {
            unfinished = NONE;
            unanswered--;
        }
        return id;
    }

    /** If the null just read stands for an object that is not there yet, this place gets it when it is. */
    boolean setLater(Place place) {
        int id = takeUnfinished();
        return id != NONE && later.add(new Later(id, place));
    }

    /** This collection gets its elements when what they refer to is whole. */
    void fillLater(Unfilled collection) {
        unfilled.add(collection);
    }

    /** As {@link #fillLater}, for one that does not exist before; what was read is a null that stands for it. */
    void createLater(Kryo reader, Unfilled object) {
        // Kryo counts what has begun, and takes no null for an object that has been read.
        reader.reference(object);
        setReadObject(object.id(), null);
        unfilled.add(object);
        unfinished = object.id();
        unanswered++;
    }

    /** Whether something inside the object being read waits for its elements. */
    boolean awaitsElements() {
        return !unfilled.isEmpty() && unfilled.get(unfilled.size() - 1).id() > open.current();
    }

    @Nullable
    Object there(int id) {
        return readObjects.get(id);
    }

    /** An object is whole, and so is everything inside it; what was put off inside it can be done. */
    private void settle(int id) {
        List<Later> places = since(id, later, Later::id);
        List<Unfilled> collections = since(id, unfilled, Unfilled::id);
        if (places.isEmpty() && collections.isEmpty()) {
            return;
        }
        set(places);
        if (!collections.isEmpty()) {
            settle(places, collections);
        }
        places.clear();
        collections.clear();
    }

    /** One collection's hash code may be part of another's element: so again, until none of them changes any more. */
    private void settle(List<Later> places, List<Unfilled> collections) {
        Map<Integer, List<Later>> byId = places.stream().collect(Collectors.groupingBy(Later::id));
        boolean changed = true;
        for (int round = 0; changed && round < collections.size() + 2; round++) {
            changed = false;
            for (Unfilled each : collections) {
                if (each.settle(this, true)) {
                    set(byId.getOrDefault(each.id(), List.of()));
                    changed = true;
                }
            }
        }
        set(places);
        collections.forEach(each -> each.settle(this, false));
        set(places);
        collections.forEach(Unfilled::ensureFilled);
    }

    /** What was noted since an object began: inside it all ids are higher, before it all were lower. */
    private static <T> List<T> since(int id, List<T> noted, ToIntFunction<T> ids) {
        int first = noted.size();
        while (first > 0 && ids.applyAsInt(noted.get(first - 1)) >= id) {
            first--;
        }
        return noted.subList(first, noted.size());
    }

    private void set(List<Later> places) {
        try {
            for (Later each : places) {
                each.place.set(there(each.id));
            }
        } catch (IllegalAccessException e) {
            throw new PayloadException("A field cannot be set here.", e);
        }
    }

    /** To be called once the whole graph was read. */
    void finish() {
        if (unanswered > 0) {
            throw new PayloadException("The value has a cycle that passes through a record, a function or a JDK object"
                    + " and comes back through another such object; such a cycle cannot be rebuilt.");
        }
    }

    @Override
    public void reset() {
        super.reset();
        open.reset();
        later.clear();
        unfilled.clear();
        unfinished = NONE;
        unanswered = 0;
    }
}
