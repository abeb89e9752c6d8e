package io.gridctl.node.payload;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Registration;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;

/** {@link Class} objects, by name. */
final class ClassObjectSerializer extends Serializer<Object> {
    static final ClassObjectSerializer INSTANCE = new ClassObjectSerializer();

    private ClassObjectSerializer() {
        super(false, true);
    }

    @Override
    public void write(Kryo kryo, Output output, Object object) {
        Class<?> type = (Class<?>) object;
        if (type.isHidden()) {
            throw new RefusedException(Class.class, "The class of a lambda cannot be found by its name.");
        }
        ((GraphTypes) kryo.getClassResolver()).writeName(output, type);
    }

    @Override
    public Object read(Kryo kryo, Input input, Class<? extends Object> type) {
        GraphTypes types = (GraphTypes) kryo.getClassResolver();
        Registration registration = types.readName(input);
        return types.isDescribing()
                ? new Described(Descriptions.className(registration), "class")
                : registration.getType();
    }
}
