package io.gridctl.node.payload;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Registration;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import com.esotericsoftware.kryo.kryo5.serializers.CollectionSerializer;
import io.gridctl.node.payload.Unfilled.Kind;
import java.util.Collection;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.PriorityBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Reads what Kryo's serializer writes of a collection. An element goes into the collection as soon as it was read,
 * unless its place depends on what is in it and it is not whole yet; see {@link GraphReferences}.
 */
@SuppressWarnings({"rawtypes", "unchecked"}) // as Kryo's are
class FilledCollection extends CollectionSerializer<Collection> {
    private static final int FIRST_CAPACITY = 11;

    private final Kind kind;

    FilledCollection(Kind kind) {
        this.kind = kind;
    }

    @Override
    public @Nullable Collection read(Kryo kryo, Input input, Class<? extends Collection> type) {
        boolean sameType = input.readVarIntFlag();
        int size = input.readVarIntFlag(true) - 1;
        if (size < 0) {
            return null;
        }
        Collection collection = create(kryo, input, type, size);
        kryo.reference(collection);
        if (size == 0) {
            return collection;
        }
        GraphReferences references = (GraphReferences) kryo.getReferenceResolver();
        if (!sameType) {
            fill(references, collection, size, () -> kryo.readClassAndObject(input));
            return collection;
        }
        Registration registration = kryo.readClass(input);
        if (registration == null) {
            fill(references, collection, size, () -> null);
            return collection;
        }
        Class<?> elements = registration.getType();
        Serializer serializer = kryo.getSerializer(elements);
        if (input.readBoolean()) {
            fill(references, collection, size, () -> kryo.readObjectOrNull(input, elements, serializer));
        } else if (!references.useReferences(elements)) {
            // Boxed numbers, a million of them maybe: they refer to nothing.
            for (int i = 0; i < size; i++) {
                collection.add(serializer.read(kryo, input, elements));
            }
        } else {
            fill(references, collection, size, () -> kryo.readObject(input, elements, serializer));
        }
        return collection;
    }

    private interface Elements {
        @Nullable
        Object next();
    }

    private void fill(GraphReferences references, Collection collection, int size, Elements elements) {
        boolean orderIsWhole = kind != Kind.BY_ORDER || references.lastIsWhole();
        for (int i = 0; i < size; i++) {
            Object element = elements.next();
            int number = element == null ? references.takeUnfinished() : GraphReferences.NONE;
            if (orderIsWhole && number == GraphReferences.NONE && (!kind.matters(i) || references.lastIsWhole())) {
                collection.add(element);
            } else {
                fillLater(references, collection, element, number, size - i - 1, elements);
                return;
            }
        }
    }

    private void fillLater(
            GraphReferences references,
            Collection collection,
            @Nullable Object element,
            int number,
            int rest,
            Elements elements) {
        Unfilled unfilled = new Unfilled(references.current(), kind, all -> {
            collection.clear();
            collection.addAll(all);
        });
        collection.forEach(each -> unfilled.add(each, GraphReferences.NONE));
        unfilled.add(element, number);
        for (int i = 0; i < rest; i++) {
            Object next = elements.next();
            unfilled.add(next, next == null ? references.takeUnfinished() : GraphReferences.NONE);
        }
        references.fillLater(unfilled);
    }

    /** Collections with an order that a comparator may give. */
    static final class Ordered extends FilledCollection {
        Ordered() {
            super(Kind.BY_ORDER);
        }

        @Override
        protected void writeHeader(Kryo kryo, Output output, Collection collection) {
            kryo.writeClassAndObject(output, comparator(collection));
        }

        private static @Nullable Comparator<?> comparator(Collection collection) {
            if (collection instanceof PriorityQueue<?> queue) {
                return queue.comparator();
            }
            return collection instanceof PriorityBlockingQueue<?> queue
                    ? queue.comparator()
                    : ((java.util.SortedSet<?>) collection).comparator();
        }

        @Override
        protected Collection create(Kryo kryo, Input input, Class<? extends Collection> type, int size) {
            Comparator comparator = (Comparator) kryo.readClassAndObject(input);
            if (type == TreeSet.class) {
                return new TreeSet<>(comparator);
            }
            if (type == ConcurrentSkipListSet.class) {
                return new ConcurrentSkipListSet<>(comparator);
            }
            int capacity = Math.max(size, FIRST_CAPACITY);
            return type == PriorityQueue.class
                    ? new PriorityQueue<>(capacity, comparator)
                    : new PriorityBlockingQueue<>(capacity, comparator);
        }
    }
}
