package io.gridctl.node.payload;

import io.gridctl.Reference;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A class of records whose components are numbers, strings and the like. Its records cannot change, and many of them
 * are written as their components alone: {@link PayloadCodec} is asked for one of them, by which a reader knows the class.
 */
public final class FlatRecord {
    private static final Set<Class<?>> COMPONENTS = Set.of(
            String.class,
            Boolean.class,
            Byte.class,
            Character.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class);

    private static final ClassValue<Optional<FlatRecord>> KNOWN = new ClassValue<>() {
        @Override
        protected Optional<FlatRecord> computeValue(Class<?> type) {
            return look(type);
        }
    };

    private final Field[] fields;
    private final Field[] texts;
    private final Constructor<?> constructor;

    private FlatRecord(Class<?> type, List<Field> components) throws NoSuchMethodException {
        fields = components.toArray(new Field[0]);
        texts = components.stream()
                .filter(field -> field.getType() == String.class)
                .toArray(Field[]::new);
        constructor = type.getDeclaredConstructor(
                components.stream().map(Field::getType).toArray(Class<?>[]::new));
        constructor.setAccessible(true);
    }

    /**
     * Looks at a class.
     *
     * @param type any class
     * @return how its objects are taken apart and put together; empty if they are no such records
     */
    public static Optional<FlatRecord> of(Class<?> type) {
        return type.isRecord() ? KNOWN.get(type) : Optional.empty();
    }

    private static Optional<FlatRecord> look(Class<?> type) {
        if (PlatformClasses.isPlatform(type) || type == Reference.class) {
            return Optional.empty();
        }
        try {
            List<Field> components = UserTypes.fields(type);
            boolean flat = components.stream()
                    .map(Field::getType)
                    .allMatch(component -> component.isPrimitive() || COMPONENTS.contains(component));
            return flat ? Optional.of(new FlatRecord(type, components)) : Optional.empty();
        } catch (RuntimeException | NoSuchMethodException | LinkageError closed) {
            // Whoever writes one of them says why it cannot be written.
            return Optional.empty();
        }
    }

    /**
     * Takes a record apart.
     *
     * @param record one of this class
     * @return its components, in order; null if one text is two of them, which the codec alone keeps so
     */
    public @Nullable Object @Nullable [] parts(Object record) {
        try {
            for (int one = 1; one < texts.length; one++) {
                Object text = texts[one].get(record);
                for (int other = 0; other < one; other++) {
                    if (text != null && text == texts[other].get(record)) {
                        return null;
                    }
                }
            }
            @Nullable Object[] parts = new Object[fields.length];
            for (int i = 0; i < parts.length; i++) {
                parts[i] = fields[i].get(record);
            }
            return parts;
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * About how large a record is.
     *
     * @param record one of this class
     * @return a number of bytes
     */
    public long weight(Object record) {
        try {
            long bytes = (long) Long.BYTES * fields.length;
            for (Field field : texts) {
                bytes += field.get(record) instanceof String text ? text.length() : 0;
            }
            return bytes;
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Puts a record together, by its canonical constructor.
     *
     * @param parts its components, in order
     * @return a record
     * @throws PayloadException if the constructor refuses them
     */
    public Object make(@Nullable Object[] parts) {
        return RecordSerializer.make(constructor, parts);
    }
}
