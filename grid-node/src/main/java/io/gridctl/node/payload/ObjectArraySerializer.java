package io.gridctl.node.payload;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.lang.reflect.Array;

/** Arrays of objects, of any element type. */
final class ObjectArraySerializer extends Serializer<Object> {
    @Override
    public void write(Kryo kryo, Output output, Object array) {
        Object[] elements = (Object[]) array;
        output.writeVarInt(elements.length, true);
        for (Object element : elements) {
            kryo.writeClassAndObject(output, element);
        }
    }

    @Override
    public Object read(Kryo kryo, Input input, Class<? extends Object> type) {
        Object[] elements = (Object[]) Array.newInstance(type.getComponentType(), input.readVarInt(true));
        kryo.reference(elements);
        GraphReferences references = (GraphReferences) kryo.getReferenceResolver();
        for (int i = 0; i < elements.length; i++) {
            elements[i] = kryo.readClassAndObject(input);
            if (elements[i] == null) {
                int index = i;
                references.setLater(late -> elements[index] = late);
            }
        }
        return elements;
    }
}
