package io.gridctl.node.payload;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import com.esotericsoftware.kryo.kryo5.objenesis.instantiator.ObjectInstantiator;
import com.esotericsoftware.kryo.kryo5.objenesis.strategy.StdInstantiatorStrategy;
import java.lang.reflect.Field;
import java.util.List;

/**
 * Writes an ordinary object field by field, private and inherited ones included, and rebuilds it without running a
 * constructor.
 *
 * <p>Kryo's own field serializer is not used: it goes through {@code sun.misc.Unsafe}, which newer JDKs warn about,
 * and it is bound to one Kryo, while this one is shared by all of them.
 */
final class FieldsSerializer extends UserTypes.Fingerprinted {
    private final FieldAccess[] fields;
    private final ObjectInstantiator<?> instantiator;
    private final int fingerprint;

    FieldsSerializer(Class<?> type) {
        List<Field> found = UserTypes.fields(type);
        this.fields = found.stream().map(FieldAccess::new).toArray(FieldAccess[]::new);
        this.instantiator = new StdInstantiatorStrategy().newInstantiatorOf(type);
        this.fingerprint = UserTypes.fingerprint(found);
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
        Object object = instantiator.newInstance();
        kryo.reference(object);
        try {
            for (FieldAccess field : fields) {
                field.read(kryo, input, object);
            }
        } catch (IllegalAccessException e) {
            throw new PayloadException("The fields of " + type.getName() + " cannot be set here.", e);
        }
        return object;
    }
}
