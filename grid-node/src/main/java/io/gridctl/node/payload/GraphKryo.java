package io.gridctl.node.payload;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import org.jspecify.annotations.Nullable;

/** A Kryo that tells {@link GraphReferences} when an object begins and when it has been read. */
final class GraphKryo extends Kryo {
    private final GraphReferences references;

    GraphKryo(GraphTypes types, GraphReferences references) {
        super(types, references);
        this.references = references;
    }

    @Override
    public @Nullable Object readClassAndObject(Input input) {
        int outer = references.enter();
        Object value = super.readClassAndObject(input);
        references.leave(outer);
        return value;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public <T> @Nullable T readObject(Input input, Class<T> type, Serializer serializer) {
        int outer = references.enter();
        T value = super.readObject(input, type, serializer);
        references.leave(outer);
        return value;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public <T> @Nullable T readObjectOrNull(Input input, Class<T> type, Serializer serializer) {
        int outer = references.enter();
        T value = super.readObjectOrNull(input, type, serializer);
        references.leave(outer);
        return value;
    }
}
