package io.gridctl.node.payload;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.util.List;

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
    public Object read(Kryo kryo, Input input, Class<? extends Object> type) {
        Object[] values = new Object[fields.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = fields[i].boxed(kryo, input);
        }
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw new PayloadException(
                    "The constructor of the record " + type.getName() + " refused the values that were written: "
                            + e.getCause(),
                    e);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            throw new PayloadException("The record " + type.getName() + " cannot be rebuilt here.", e);
        }
    }
}
