package io.gridctl;

import io.gridctl.function.RemoteFunction;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of the rows of a file; for the grid's own use. It runs on slots, because a record's constructor is a user's
 * code. See {@link Source#csv(String, Class)} for what becomes what.
 */
public final class RecordRows implements RemoteFunction<RecordRows.Block, List<Record>> {
    private static final long serialVersionUID = 1L;

    private static final Map<Class<?>, Function<String, Object>> READERS = readers();

    private final Class<? extends Record> type;

    /**
     * Rows that lie one behind the other in a file.
     *
     * @param file the file
     * @param columns the names of the columns; empty if columns are in the order of the components
     * @param lines the line in which each row begins, from 1
     * @param rows the rows' fields
     */
    @SuppressWarnings("ArrayRecordComponent") // blocks are passed on, not compared
    public record Block(String file, List<String> columns, long[] lines, List<List<String>> rows) {}

    /**
     * A reader.
     *
     * @param type the record, for which {@link #requireReadable} holds
     */
    public RecordRows(Class<? extends Record> type) {
        this.type = type;
    }

    private static Map<Class<?>, Function<String, Object>> readers() {
        Map<Class<?>, Function<String, Object>> readers = new HashMap<>();
        readers.put(String.class, text -> text);
        readers.put(int.class, Integer::valueOf);
        readers.put(Integer.class, Integer::valueOf);
        readers.put(long.class, Long::valueOf);
        readers.put(Long.class, Long::valueOf);
        readers.put(double.class, Double::valueOf);
        readers.put(Double.class, Double::valueOf);
        readers.put(float.class, Float::valueOf);
        readers.put(Float.class, Float::valueOf);
        readers.put(short.class, Short::valueOf);
        readers.put(Short.class, Short::valueOf);
        readers.put(byte.class, Byte::valueOf);
        readers.put(Byte.class, Byte::valueOf);
        readers.put(boolean.class, RecordRows::truth);
        readers.put(Boolean.class, RecordRows::truth);
        readers.put(char.class, RecordRows::character);
        readers.put(Character.class, RecordRows::character);
        readers.put(BigDecimal.class, BigDecimal::new);
        readers.put(BigInteger.class, BigInteger::new);
        readers.put(UUID.class, UUID::fromString);
        return Map.copyOf(readers);
    }

    private static Object truth(String text) {
        if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
            return Boolean.valueOf(text);
        }
        throw new IllegalArgumentException("neither true nor false");
    }

    private static Object character(String text) {
        if (text.length() != 1) {
            throw new IllegalArgumentException("not one character");
        }
        return text.charAt(0);
    }

    /**
     * Checks that rows can become such records.
     *
     * @param type a record
     * @throws IllegalArgumentException if it is no record, or a component is of a type that no text is read as
     */
    public static void requireReadable(Class<? extends Record> type) {
        Objects.requireNonNull(type, "type");
        if (!type.isRecord()) {
            throw new IllegalArgumentException("type: " + type.getName() + " is not a record");
        }
        for (RecordComponent component : type.getRecordComponents()) {
            if (reader(component.getType()) == null) {
                throw new IllegalArgumentException("type: the component '" + component.getName() + "' of "
                        + type.getName() + " is a " + component.getType().getName()
                        + ", which no field is read as; make it a String, or read rows as they are");
            }
        }
    }

    private static @Nullable Function<String, Object> reader(Class<?> type) {
        Function<String, Object> known = READERS.get(type);
        if (known != null) {
            return known;
        }
        if (type.isEnum()) {
            return text -> constant(type, text);
        }
        if (!type.getName().startsWith("java.time.")) {
            return null;
        }
        try {
            Method parse = type.getMethod("parse", CharSequence.class);
            return text -> parsed(parse, text);
        } catch (NoSuchMethodException none) {
            return null;
        }
    }

    private static Object constant(Class<?> type, String text) {
        return Arrays.stream(Objects.requireNonNull(type.getEnumConstants()))
                .filter(constant -> ((Enum<?>) constant).name().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no constant of " + type.getName()));
    }

    private static Object parsed(Method parse, String text) {
        try {
            return parse.invoke(null, text);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(String.valueOf(e.getCause().getMessage()), e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Makes records.
     *
     * @param block rows of one file
     * @return a record for each row
     * @throws IllegalArgumentException if a column is missing, a field cannot be read or the constructor refuses a row; the
     *     message names file and line
     */
    @Override
    public List<Record> apply(Block block) throws Exception {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        List<Function<String, Object>> readers =
                Arrays.stream(types).map(RecordRows::reader).collect(Collectors.toList());
        int[] columns = columns(block, components);
        Constructor<? extends Record> constructor = type.getDeclaredConstructor(types);
        constructor.setAccessible(true);
        List<Record> records = new ArrayList<>(block.rows().size());
        @Nullable Object[] values = new Object[components.length];
        for (int row = 0; row < block.rows().size(); row++) {
            List<String> fields = block.rows().get(row);
            for (int i = 0; i < columns.length; i++) {
                if (columns[i] >= fields.size()) {
                    throw wrong(
                            block,
                            row,
                            "it has " + fields.size() + " fields, and " + components[i].getName() + " is field "
                                    + (columns[i] + 1),
                            null);
                }
                String field = fields.get(columns[i]);
                try {
                    values[i] = field.isEmpty() && types[i] != String.class && !types[i].isPrimitive()
                            ? null
                            : readers.get(i).apply(field);
                } catch (IllegalArgumentException e) {
                    throw wrong(
                            block,
                            row,
                            components[i].getName() + " is '" + field + "', which is no " + types[i].getSimpleName(),
                            e);
                }
            }
            try {
                records.add(constructor.newInstance(values));
            } catch (InvocationTargetException e) {
                throw wrong(block, row, type.getSimpleName() + " refuses it: " + e.getCause(), e.getCause());
            }
        }
        return records;
    }

    private int[] columns(Block block, RecordComponent[] components) {
        int[] columns = new int[components.length];
        for (int i = 0; i < components.length; i++) {
            columns[i] = block.columns().isEmpty() ? i : block.columns().indexOf(components[i].getName());
            if (columns[i] < 0) {
                throw new IllegalArgumentException(block.file() + ", line 1: there is no column '"
                        + components[i].getName() + "' for " + type.getSimpleName() + "; there are " + block.columns());
            }
        }
        return columns;
    }

    private static IllegalArgumentException wrong(Block block, int row, String what, @Nullable Throwable cause) {
        return new IllegalArgumentException(block.file() + ", line " + block.lines()[row] + ": " + what, cause);
    }
}
