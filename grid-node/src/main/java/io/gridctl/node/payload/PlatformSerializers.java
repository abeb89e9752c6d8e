package io.gridctl.node.payload;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import io.gridctl.node.payload.Unfilled.Kind;
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

    private static Parts readAll(Kryo kryo, Input input, int count, Kind kind) {
        Parts parts = new Parts(kryo, kind, count);
        for (int i = 0; i < count; i++) {
            parts.add(kryo.readClassAndObject(input));
        }
        return parts;
    }

    /** {@code List.of}, {@code Stream.toList()} and their sub lists. */
    static final class ImmutableList extends Serializer<Object> {
        @Override
        public void write(Kryo kryo, Output output, Object list) {
            writeAll(kryo, output, (List<?>) list);
        }

        @Override
        public @Nullable Object read(Kryo kryo, Input input, Class<? extends Object> type) {
            return readAll(kryo, input, input.readVarInt(true), Kind.BY_INDEX).make(ImmutableList::make);
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
            return readAll(kryo, input, input.readVarInt(true), Kind.BY_HASH).make(Set::of);
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
            return readAll(kryo, input, 2 * size, Kind.BY_KEYS_HASH).make(ImmutableMap::make);
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
        public @Nullable Object read(Kryo kryo, Input input, Class<? extends Object> type) {
            boolean immutable = input.readBoolean();
            return readAll(kryo, input, 2, Kind.BY_INDEX)
                    .make(both -> immutable
                            ? new AbstractMap.SimpleImmutableEntry<>(both[0], both[1])
                            : new AbstractMap.SimpleEntry<>(both[0], both[1]));
        }
    }

    /**
     * Paths of the default file system, as text: on an engine they name what is there under that name, a relative one
     * from the engine's working directory. {@code java.io.File} is the same by its own form.
     */
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
