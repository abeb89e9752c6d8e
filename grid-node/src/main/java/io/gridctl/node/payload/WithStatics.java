package io.gridctl.node.payload;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A function, and static fields that it reads: they are set in the reader's classes before the function is there. This
 * is how variables of a prompt travel, which are static fields though nobody wrote them so.
 *
 * @param fields static fields, opened
 * @param function what a reader gets
 */
public record WithStatics(List<Field> fields, Object function) {
    /** A copy of the list is kept. */
    public WithStatics {
        fields = List.copyOf(fields);
    }

    static final class Carrier extends Serializer<Object> {
        @Override
        public void write(Kryo kryo, Output output, Object object) {
            WithStatics statics = (WithStatics) object;
            GraphTypes types = (GraphTypes) kryo.getClassResolver();
            output.writeVarInt(statics.fields.size(), true);
            for (Field field : statics.fields) {
                types.writeName(output, field.getDeclaringClass());
                output.writeString(field.getName());
                kryo.writeClassAndObject(output, value(field));
            }
            kryo.writeClassAndObject(output, statics.function);
        }

        private static @Nullable Object value(Field field) {
            try {
                return field.get(null);
            } catch (IllegalAccessException e) {
                throw new IllegalStateException("it was opened before: " + field, e);
            }
        }

        @Override
        public Object read(Kryo kryo, Input input, Class<? extends Object> type) {
            GraphTypes types = (GraphTypes) kryo.getClassResolver();
            int count = input.readVarInt(true);
            List<Field> fields = new ArrayList<>(count);
            List<@Nullable Object> values = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                Class<?> owner = types.readName(input).getType();
                fields.add(field(owner, input.readString()));
                values.add(kryo.readClassAndObject(input));
            }
            for (int i = 0; i < count; i++) {
                set(fields.get(i), values.get(i));
            }
            return kryo.readClassAndObject(input);
        }

        private static Field field(Class<?> owner, String name) {
            try {
                Field field = owner.getDeclaredField(name);
                field.setAccessible(true);
                return field;
            } catch (NoSuchFieldException e) {
                throw new PayloadException("The class " + owner.getName() + " has no field " + name + " here.", e);
            }
        }

        private static void set(Field field, @Nullable Object value) {
            try {
                field.set(null, value);
            } catch (IllegalAccessException | IllegalArgumentException e) {
                throw new PayloadException("The static field " + field + " cannot be set here.", e);
            }
        }
    }
}
