package io.gridctl.node.payload;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.AbstractMap;
import java.util.Arrays;
import java.util.Collection;
import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Serializers for JDK types that Kryo cannot write without access to their fields. */
final class PlatformSerializers {
    private PlatformSerializers() {}

    /** {@code new Object()}, often a field that code locks on. */
    static final class Plain extends Serializer<Object> {
        @Override
        public void write(Kryo kryo, Output output, Object object) {}

        @Override
        public Object read(Kryo kryo, Input input, Class<? extends Object> type) {
            return new Object();
        }
    }

    private static void writeAll(Kryo kryo, Output output, Collection<?> elements) {
        output.writeVarInt(elements.size(), true);
        for (Object element : elements) {
            kryo.writeClassAndObject(output, element);
        }
    }

    /** Elements of a collection that is made of them, or of one that {@link GraphReferences} makes of them later. */
    private static @Nullable Object readAll(Kryo kryo, Input input, int count, Unfilled.Kind kind, Maker maker) {
        GraphReferences references = (GraphReferences) kryo.getReferenceResolver();
        Object[] elements = new Object[count];
        Unfilled unfilled = null;
        for (int i = 0; i < count; i++) {
            elements[i] = kryo.readClassAndObject(input);
            int number = elements[i] == null ? references.takeUnfinished() : GraphReferences.NONE;
            if (unfilled == null
                    && (number != GraphReferences.NONE || (kind.matters(i) && !references.lastIsWhole()))) {
                int id = references.current();
                unfilled = new Unfilled(id, kind, all -> references.setReadObject(id, maker.make(all.toArray())));
                for (int before = 0; before < i; before++) {
                    unfilled.add(elements[before], GraphReferences.NONE);
                }
            }
            if (unfilled != null) {
                unfilled.add(elements[i], number);
            }
        }
        if (unfilled == null) {
            return maker.make(elements);
        }
        references.createLater(kryo, unfilled);
        return null;
    }

    private interface Maker {
        Object make(Object[] elements);
    }

    /** {@code List.of}, {@code Stream.toList()} and their sub lists. */
    static final class ImmutableList extends Serializer<Object> {
        @Override
        public void write(Kryo kryo, Output output, Object list) {
            writeAll(kryo, output, (List<?>) list);
        }

        @Override
        public @Nullable Object read(Kryo kryo, Input input, Class<? extends Object> type) {
            return readAll(kryo, input, input.readVarInt(true), Unfilled.Kind.BY_INDEX, ImmutableList::make);
        }

        private static Object make(Object[] elements) {
            for (Object element : elements) {
                if (element == null) {
                    return Arrays.stream(elements).toList();
                }
            }
            return List.of(elements);
        }
    }

    /** {@code Set.of}. */
    static final class ImmutableSet extends Serializer<Object> {
        @Override
        public void write(Kryo kryo, Output output, Object set) {
            writeAll(kryo, output, (Set<?>) set);
        }

        @Override
        public @Nullable Object read(Kryo kryo, Input input, Class<? extends Object> type) {
            return readAll(kryo, input, input.readVarInt(true), Unfilled.Kind.BY_HASH, Set::of);
        }
    }

    /** {@code Map.of}. */
    static final class ImmutableMap extends Serializer<Object> {
        @Override
        public void write(Kryo kryo, Output output, Object map) {
            Map<?, ?> entries = (Map<?, ?>) map;
            output.writeVarInt(entries.size(), true);
            entries.forEach((key, value) -> {
                kryo.writeClassAndObject(output, key);
                kryo.writeClassAndObject(output, value);
            });
        }

        @Override
        public @Nullable Object read(Kryo kryo, Input input, Class<? extends Object> type) {
            int size = input.readVarInt(true);
            return readAll(kryo, input, 2 * size, Unfilled.Kind.BY_KEYS_HASH, ImmutableMap::make);
        }

        private static Object make(Object[] keysAndValues) {
            Map<Object, Object> map = new HashMap<>();
            FilledMap.putAll(map, Arrays.asList(keysAndValues));
            return Map.copyOf(map);
        }
    }

    /** {@code Map.entry} and the entries of the JDK's maps. Those of {@code Map.entry} stay immutable. */
    static final class Entry extends Serializer<Object> {
        private static final Class<?> IMMUTABLE = Map.entry("", "").getClass();

        @Override
        public void write(Kryo kryo, Output output, Object object) {
            Map.Entry<?, ?> entry = (Map.Entry<?, ?>) object;
            output.writeBoolean(IMMUTABLE.isInstance(entry) || entry instanceof AbstractMap.SimpleImmutableEntry);
            kryo.writeClassAndObject(output, entry.getKey());
            kryo.writeClassAndObject(output, entry.getValue());
        }

        @Override
        public Object read(Kryo kryo, Input input, Class<? extends Object> type) {
            boolean immutable = input.readBoolean();
            Object key = kryo.readClassAndObject(input);
            Object value = kryo.readClassAndObject(input);
            return immutable
                    ? new AbstractMap.SimpleImmutableEntry<>(key, value)
                    : new AbstractMap.SimpleEntry<>(key, value);
        }
    }

    /** Paths of the default file system, as text. */
    static final class Paths extends Serializer<Object> {
        @Override
        public void write(Kryo kryo, Output output, Object object) {
            Path path = (Path) object;
            if (!path.getFileSystem().equals(FileSystems.getDefault())) {
                throw new RefusedException(
                        path.getClass(), "A path of another file system than the default one belongs to this process.");
            }
            output.writeString(path.toString());
        }

        @Override
        public Object read(Kryo kryo, Input input, Class<? extends Object> type) {
            return Path.of(input.readString());
        }
    }

    static final class IntSummary extends Serializer<IntSummaryStatistics> {
        @Override
        public void write(Kryo kryo, Output output, IntSummaryStatistics value) {
            output.writeLong(value.getCount());
            output.writeInt(value.getMin());
            output.writeInt(value.getMax());
            output.writeLong(value.getSum());
        }

        @Override
        public IntSummaryStatistics read(Kryo kryo, Input input, Class<? extends IntSummaryStatistics> type) {
            return new IntSummaryStatistics(input.readLong(), input.readInt(), input.readInt(), input.readLong());
        }
    }

    static final class LongSummary extends Serializer<LongSummaryStatistics> {
        @Override
        public void write(Kryo kryo, Output output, LongSummaryStatistics value) {
            output.writeLong(value.getCount());
            output.writeLong(value.getMin());
            output.writeLong(value.getMax());
            output.writeLong(value.getSum());
        }

        @Override
        public LongSummaryStatistics read(Kryo kryo, Input input, Class<? extends LongSummaryStatistics> type) {
            return new LongSummaryStatistics(input.readLong(), input.readLong(), input.readLong(), input.readLong());
        }
    }

    static final class DoubleSummary extends Serializer<DoubleSummaryStatistics> {
        @Override
        public void write(Kryo kryo, Output output, DoubleSummaryStatistics value) {
            output.writeLong(value.getCount());
            output.writeDouble(value.getMin());
            output.writeDouble(value.getMax());
            output.writeDouble(value.getSum());
        }

        @Override
        public DoubleSummaryStatistics read(Kryo kryo, Input input, Class<? extends DoubleSummaryStatistics> type) {
            return new DoubleSummaryStatistics(
                    input.readLong(), input.readDouble(), input.readDouble(), input.readDouble());
        }
    }
}
