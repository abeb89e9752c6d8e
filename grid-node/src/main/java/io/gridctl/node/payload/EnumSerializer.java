package io.gridctl.node.payload;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;

/** Writes an enum constant by name, so that two versions of the enum may order theirs differently. */
final class EnumSerializer extends Serializer<Object> {
    private final Class<?> type;

    EnumSerializer(Class<?> type) {
        super(false, true);
        this.type = type;
    }

    @Override
    public void write(Kryo kryo, Output output, Object constant) {
        output.writeString(((Enum<?>) constant).name());
    }

    @Override
    public Object read(Kryo kryo, Input input, Class<? extends Object> ignored) {
        String name = input.readString();
        for (Object constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().equals(name)) {
                return constant;
            }
        }
        throw new PayloadException("The enum " + type.getName() + " has no constant " + name
                + " here: it was written with another version of it.");
    }
}
