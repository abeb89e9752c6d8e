package io.gridctl.node.payload;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import io.gridctl.node.payload.Unfilled.Kind;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a record's components and rebuilds it through its canonical constructor, which may check them. */
final class RecordSerializer extends UserTypes.Fingerprinted {
    private final FieldAccess[] fields;
    private final Constructor<?> constructor;
    private final int fingerprint;

    RecordSerializer(Class<?> type) {
        List<Field> found = UserTypes.fields(type);
        this.fields = found.stream().map(FieldAccess::new).toArray(FieldAccess[]::new);
        this.fingerprint = UserTypes.fingerprint(found);
        try {
            this.constructor = type.getDeclaredConstructor(
                    found.stream().map(Field::getType).toArray(Class<?>[]::new));
            constructor.setAccessible(true);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("the canonical constructor of " + type.getName(), e);
        }
    }

    @Override
    int fingerprint() {
        return fingerprint;
    }

    @Override
    public void write(Kryo kryo, Output output, Object object) {
        try {
            for (FieldAccess field : fields) {
                field.write(kryo, output, object);
            }
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public @Nullable Object read(Kryo kryo, Input input, Class<? extends Object> type) {
        Parts parts = new Parts(kryo, Kind.BY_CONSTRUCTOR, fields.length);
        for (FieldAccess field : fields) {
            parts.add(field.boxed(kryo, input));
        }
        GraphReferences references = (GraphReferences) kryo.getReferenceResolver();
        if (parts.areIncomplete() || !references.awaitsElements()) {
            return parts.make(this::make);
        }
        Object record = tryToMake(parts.soFar());
        return record == null ? parts.makeLater(this::make) : record;
    }

    /** A record some of whose collections wait for their elements, unless its constructor looks into them. */
    private @Nullable Object tryToMake(Object[] values) {
        try {
            Object record = make(values);
            for (int i = 0; i < values.length; i++) {
                if (fields[i].isReference() && fields[i].get(record) != values[i]) {
                    return null;
                }
            }
            return record;
        } catch (PayloadException refused) {
            return null;
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private Object make(Object[] values) {
        return make(constructor, values);
    }

    static Object make(Constructor<?> constructor, @Nullable Object[] values) {
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw new PayloadException(
                    "The constructor of the record "
                            + constructor.getDeclaringClass().getName() + " refused the values that were written: "
                            + e.getCause(),
                    e);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            throw new PayloadException(
                    "The record " + constructor.getDeclaringClass().getName() + " cannot be rebuilt here.", e);
        }
    }
}
