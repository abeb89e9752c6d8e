package io.gridctl.node.payload;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.util.Objects;

/** Primitive arrays inside a graph: the raw road's bytes, with their length before them. */
final class RawArraySerializer extends Serializer<Object> {
    @Override
    public void write(Kryo kryo, Output output, Object array) {
        byte[] bytes = Objects.requireNonNull(RawValues.encode(array));
        output.writeVarInt(bytes.length, true);
        output.writeBytes(bytes);
    }

    @Override
    public Object read(Kryo kryo, Input input, Class<? extends Object> type) {
        return Objects.requireNonNull(RawValues.decode(input.readBytes(input.readVarInt(true))));
    }
}
