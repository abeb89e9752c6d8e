package io.gridctl.node.payload;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Registration;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.serializers.CollectionSerializer;
import com.esotericsoftware.kryo.kryo5.serializers.DefaultSerializers;
import com.esotericsoftware.kryo.kryo5.serializers.MapSerializer;
import io.gridctl.node.payload.Unfilled.Kind;
import java.io.Serializable;
import java.nio.Buffer;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.concurrent.PriorityBlockingQueue;
import org.jspecify.annotations.Nullable;

/** How objects of the JDK's classes are written: by Kryo, by a few serializers of our own, or by JDK serialization. */
final class PlatformTypes {
    private static final String IMMUTABLE = "java.util.ImmutableCollections$";

    /** Types that Kryo writes well; not {@code Locale}, of which it drops the script and the extensions. Their order is part of the format: add at the end. */
    private static final List<Class<?>> BY_KRYO = List.of(
            ArrayList.class,
            java.util.LinkedList.class,
            java.util.ArrayDeque.class,
            java.util.Vector.class,
            java.util.Stack.class,
            java.util.HashSet.class,
            LinkedHashSet.class,
            java.util.TreeSet.class,
            PriorityQueue.class,
            HashMap.class,
            LinkedHashMap.class,
            java.util.TreeMap.class,
            java.util.concurrent.ConcurrentHashMap.class,
            java.util.concurrent.ConcurrentLinkedQueue.class,
            java.util.WeakHashMap.class,
            Arrays.asList().getClass(),
            Collections.emptyList().getClass(),
            Collections.emptyMap().getClass(),
            Collections.emptySet().getClass(),
            java.util.Optional.class,
            java.util.OptionalInt.class,
            java.util.OptionalLong.class,
            java.util.OptionalDouble.class,
            java.math.BigInteger.class,
            java.math.BigDecimal.class,
            java.util.Date.class,
            java.util.BitSet.class,
            StringBuilder.class,
            java.time.Duration.class,
            java.time.Instant.class,
            java.time.LocalDate.class,
            java.time.LocalTime.class,
            java.time.LocalDateTime.class,
            java.time.OffsetTime.class,
            java.time.OffsetDateTime.class,
            java.time.ZonedDateTime.class,
            java.time.ZoneOffset.class,
            java.time.Year.class,
            java.time.YearMonth.class,
            java.time.MonthDay.class,
            java.time.Period.class);

    /** Types that were added later, as above. */
    private static final List<Class<?>> LATER = List.of(
            java.util.Hashtable.class,
            IdentityHashMap.class,
            java.util.concurrent.ConcurrentSkipListMap.class,
            java.util.concurrent.ConcurrentSkipListSet.class,
            PriorityBlockingQueue.class);

    private static final Set<Class<?>> ORDERED_QUEUES = Set.of(PriorityQueue.class, PriorityBlockingQueue.class);

    private static final List<Class<?>> PRIMITIVE_ARRAYS = List.of(
            boolean[].class,
            byte[].class,
            char[].class,
            short[].class,
            int[].class,
            long[].class,
            float[].class,
            double[].class);

    private final Registration[] byId;
    private final IdentityHashMap<Class<?>, Registration> byType = new IdentityHashMap<>();

    PlatformTypes(Kryo kryo) {
        List<Registration> table = new ArrayList<>();
        add(table, Lambdas.class, LambdaSerializer.READER);
        add(table, JdkStreamSerializer.class, JdkStreamSerializer.INSTANCE);
        add(table, Object.class, new PlatformSerializers.Plain());
        add(table, Class.class, ClassObjectSerializer.INSTANCE);
        add(table, Object[].class, new ObjectArraySerializer());
        add(table, String[].class, new ObjectArraySerializer());
        PRIMITIVE_ARRAYS.forEach(type -> add(table, type, new RawArraySerializer()));
        add(table, PlatformSerializers.ImmutableList.class, new PlatformSerializers.ImmutableList());
        add(table, PlatformSerializers.ImmutableSet.class, new PlatformSerializers.ImmutableSet());
        add(table, PlatformSerializers.ImmutableMap.class, new PlatformSerializers.ImmutableMap());
        add(table, PlatformSerializers.Entry.class, new PlatformSerializers.Entry());
        add(table, PlatformSerializers.Paths.class, new PlatformSerializers.Paths());
        add(table, java.util.IntSummaryStatistics.class, new PlatformSerializers.IntSummary());
        add(table, java.util.LongSummaryStatistics.class, new PlatformSerializers.LongSummary());
        add(table, java.util.DoubleSummaryStatistics.class, new PlatformSerializers.DoubleSummary());
        add(table, String.class, new DefaultSerializers.StringSerializer());
        add(table, java.util.UUID.class, new DefaultSerializers.UUIDSerializer());
        add(table, Boolean.class, new DefaultSerializers.BooleanSerializer());
        add(table, Byte.class, new DefaultSerializers.ByteSerializer());
        add(table, Character.class, new DefaultSerializers.CharSerializer());
        add(table, Short.class, new DefaultSerializers.ShortSerializer());
        add(table, Integer.class, new DefaultSerializers.IntSerializer());
        add(table, Long.class, new DefaultSerializers.LongSerializer());
        add(table, Float.class, new DefaultSerializers.FloatSerializer());
        add(table, Double.class, new DefaultSerializers.DoubleSerializer());
        BY_KRYO.forEach(type -> add(table, type, serializer(kryo, type)));
        add(table, WithStatics.class, new WithStatics.Carrier());
        LATER.forEach(type -> add(table, type, serializer(kryo, type)));
        add(table, Charset.class, new FormatSerializers.Charsets());
        add(table, HexFormat.class, new FormatSerializers.HexFormats());
        add(table, DateTimeFormatter.class, new FormatSerializers.DateTimeFormatters());
        add(table, Buffer.class, new BufferSerializer());
        byId = table.toArray(Registration[]::new);
    }

    private static Serializer<?> serializer(Kryo kryo, Class<?> type) {
        if (SortedSet.class.isAssignableFrom(type) || ORDERED_QUEUES.contains(type)) {
            return new FilledCollection.Ordered();
        }
        if (SortedMap.class.isAssignableFrom(type)) {
            return new FilledMap.Ordered();
        }
        if (type == LinkedHashMap.class) {
            return new FilledMap.Linked();
        }
        Serializer<?> kryos = kryo.getDefaultSerializer(type);
        if (kryos.getClass() == CollectionSerializer.class) {
            return new FilledCollection(Set.class.isAssignableFrom(type) ? Kind.BY_HASH : Kind.BY_INDEX);
        }
        return kryos.getClass() == MapSerializer.class
                ? new FilledMap(type == IdentityHashMap.class ? Kind.BY_INDEX : Kind.BY_KEYS_HASH)
                : kryos;
    }

    private void add(List<Registration> table, Class<?> type, Serializer<?> serializer) {
        Registration registration = new Registration(type, serializer, table.size());
        table.add(registration);
        byType.put(type, registration);
    }

    /** How many types have a number. */
    int size() {
        return byId.length;
    }

    Registration registration(int id) {
        return byId[id];
    }

    /** The entry of a type that is in the table, or that {@link #find} has found before. */
    @Nullable
    Registration known(Class<?> type) {
        return byType.get(type);
    }

    /** How a type of the JDK that was not asked for before is written. */
    Registration find(Class<?> type) {
        Registration found = decide(type);
        if (!type.isHidden()) {
            byType.put(type, found);
        }
        return found;
    }

    private Registration decide(Class<?> type) {
        if (type.isArray()) {
            return new Registration(type, new ObjectArraySerializer(), UserTypes.NAMED);
        }
        if (Enum.class.isAssignableFrom(type) && type != Enum.class) {
            return UserTypes.registration(type);
        }
        Registration substitute = substitute(type);
        if (substitute != null) {
            return substitute;
        }
        String reason = Refusals.of(type);
        if (reason != null) {
            throw new RefusedException(type, reason);
        }
        if (Serializable.class.isAssignableFrom(type)) {
            return new Registration(type, JdkStreamSerializer.INSTANCE, GraphTypes.JDK_STREAM_ID);
        }
        if (type.isHidden()) {
            throw new RefusedException(type, Lambdas.notSerializable(type));
        }
        Registration copy = copy(type);
        if (copy != null) {
            return copy;
        }
        throw new RefusedException(
                type,
                "The JDK gives " + type.getName()
                        + " no form for sending; make the field transient, or create it inside" + " the task.");
    }

    /** A hidden JDK class that is rebuilt through a public door. */
    private @Nullable Registration substitute(Class<?> type) {
        String name = type.getName();
        if (name.startsWith(IMMUTABLE)) {
            if (List.class.isAssignableFrom(type)) {
                return as(type, PlatformSerializers.ImmutableList.class);
            }
            if (Set.class.isAssignableFrom(type)) {
                return as(type, PlatformSerializers.ImmutableSet.class);
            }
            if (Map.class.isAssignableFrom(type)) {
                return as(type, PlatformSerializers.ImmutableMap.class);
            }
        }
        if (Map.Entry.class.isAssignableFrom(type)) {
            return as(type, PlatformSerializers.Entry.class);
        }
        if (Charset.class.isAssignableFrom(type)) {
            return as(type, Charset.class);
        }
        if (Buffer.class.isAssignableFrom(type)) {
            return as(type, Buffer.class);
        }
        return Path.class.isAssignableFrom(type) ? as(type, PlatformSerializers.Paths.class) : null;
    }

    /** A view on another collection, such as a sub list or a key set, arrives as a collection of its own. */
    private @Nullable Registration copy(Class<?> type) {
        if (!Collection.class.isAssignableFrom(type)) {
            return null;
        }
        int id = required(Set.class.isAssignableFrom(type) ? LinkedHashSet.class : ArrayList.class)
                .getId();
        return new Registration(type, new CollectionSerializer<>(), id);
    }

    private Registration as(Class<?> type, Class<?> substitute) {
        Registration registration = required(substitute);
        return new Registration(type, registration.getSerializer(), registration.getId());
    }

    private Registration required(Class<?> type) {
        Registration registration = byType.get(type);
        if (registration == null) {
            throw new IllegalStateException(type.getName());
        }
        return registration;
    }
}
