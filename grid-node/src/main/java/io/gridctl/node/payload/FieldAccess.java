package io.gridctl.node.payload;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/** One field of a user's class, read from and written to objects without boxing. */
final class FieldAccess {
    private final Field field;
    private final char kind;

    FieldAccess(Field field) {
        this.field = field;
        this.kind = field.getType().descriptorString().charAt(0);
    }

    void write(Kryo kryo, Output output, Object object) throws IllegalAccessException {
        switch (kind) {
            case 'Z' -> output.writeBoolean(field.getBoolean(object));
            case 'B' -> output.writeByte(field.getByte(object));
            case 'C' -> output.writeChar(field.getChar(object));
            case 'S' -> output.writeShort(field.getShort(object));
            case 'I' -> output.writeVarInt(field.getInt(object), false);
            case 'J' -> output.writeVarLong(field.getLong(object), false);
            case 'F' -> output.writeFloat(field.getFloat(object));
            case 'D' -> output.writeDouble(field.getDouble(object));
            default -> kryo.writeClassAndObject(output, field.get(object));
        }
    }

    void read(Kryo kryo, Input input, Object object) throws IllegalAccessException {
        switch (kind) {
            case 'Z' -> field.setBoolean(object, input.readBoolean());
            case 'B' -> field.setByte(object, input.readByte());
            case 'C' -> field.setChar(object, input.readChar());
            case 'S' -> field.setShort(object, input.readShort());
            case 'I' -> field.setInt(object, input.readVarInt(false));
            case 'J' -> field.setLong(object, input.readVarLong(false));
            case 'F' -> field.setFloat(object, input.readFloat());
            case 'D' -> field.setDouble(object, input.readDouble());
            default -> readReference(kryo, input, object);
        }
    }

    private void readReference(Kryo kryo, Input input, Object object) throws IllegalAccessException {
        Object value = kryo.readClassAndObject(input);
        if (value == null) {
            GraphReferences references = (GraphReferences) kryo.getReferenceResolver();
            if (references.setLater(late -> set(object, late))) {
                return;
            }
        }
        set(object, value);
    }

    void set(Object object, @Nullable Object value) throws IllegalAccessException {
        if (value != null && !field.getType().isInstance(value)) {
            throw new PayloadException("The field " + field.getDeclaringClass().getName() + "." + field.getName()
                    + " cannot hold the " + value.getClass().getName()
                    + " that was written for it: the class is another version, or from another program.");
        }
        field.set(object, value);
    }

    boolean isReference() {
        return kind == 'L' || kind == '[';
    }

    /** What a field that is a reference refers to. */
    @Nullable
    Object get(Object object) throws IllegalAccessException {
        return field.get(object);
    }

    /** The field's value, boxed if it is primitive. */
    @Nullable
    Object boxed(Kryo kryo, Input input) {
        return boxed(kind, kryo, input);
    }

    /** A value as a field whose descriptor begins with {@code kind} is written, boxed if it is primitive. */
    static @Nullable Object boxed(char kind, Kryo kryo, Input input) {
        return switch (kind) {
            case 'Z' -> input.readBoolean();
            case 'B' -> input.readByte();
            case 'C' -> input.readChar();
            case 'S' -> input.readShort();
            case 'I' -> input.readVarInt(false);
            case 'J' -> input.readVarLong(false);
            case 'F' -> input.readFloat();
            case 'D' -> input.readDouble();
            default -> kryo.readClassAndObject(input);
        };
    }
}
