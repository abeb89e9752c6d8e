package io.gridctl.node.payload;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Registration;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads objects of classes that are not here as {@link Described}, by the layout that their class files give. */
final class Descriptions {
    private final Function<String, Optional<byte[]>> classFiles;
    private final Map<String, ClassLayout> layouts = new HashMap<>();

    Descriptions(Function<String, Optional<byte[]>> classFiles) {
        this.classFiles = classFiles;
    }

    /** How the objects of a class that is named in the value are read. */
    Registration registration(String className) {
        if (className.startsWith("[")) {
            return new Registration(Object[].class, new ObjectArraySerializer(), UserTypes.NAMED);
        }
        // By the type Kryo tells whether objects may be shared; constants of enums are written anew each time.
        Class<?> type = layout(className).isEnum() ? AnyEnum.class : Described.class;
        return new Registration(type, new Reader(className), UserTypes.NAMED);
    }

    /** The class that a registration of {@link #registration} stands for. */
    static String className(Registration registration) {
        return registration.getSerializer() instanceof Reader reader
                ? reader.className
                : registration.getType().getTypeName();
    }

    private enum AnyEnum {}

    private ClassLayout layout(String className) {
        return layouts.computeIfAbsent(
                className,
                name -> ClassLayout.of(classFiles
                        .apply(name)
                        .orElseThrow(() -> PayloadException.missing(name, new ClassNotFoundException(name)))));
    }

    private final class Reader extends Serializer<Object> {
        private final String className;

        Reader(String className) {
            this.className = className;
        }

        @Override
        public void write(Kryo kryo, Output output, Object object) {
            throw new IllegalStateException("a reader");
        }

        @Override
        public Object read(Kryo kryo, Input input, Class<? extends Object> type) {
            ClassLayout own = layout(className);
            if (own.isEnum()) {
                return new Described(className, input.readString());
            }
            Described described = new Described(className, null);
            kryo.reference(described);
            List<ClassLayout> family = new ArrayList<>();
            for (ClassLayout each = own; each != null; each = each.parent() == null ? null : layout(each.parent())) {
                family.add(0, each);
            }
            for (ClassLayout each : family) {
                for (ClassLayout.Field field : each.fields()) {
                    Object value = value(kryo, input, field.kind());
                    described.put(field.name(), value);
                    if (value == null) {
                        ((GraphReferences) kryo.getReferenceResolver())
                                .setLater(late -> described.put(field.name(), late));
                    }
                }
            }
            return described;
        }

        private @Nullable Object value(Kryo kryo, Input input, char kind) {
            return FieldAccess.boxed(kind, kryo, input);
        }
    }
}
