package io.gridctl.node.payload;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import io.gridctl.node.payload.Unfilled.Kind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.Serializable;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * JDK serialization for objects that bring their own form or whose state is closed to us: exceptions, {@code Random},
 * proxies, collections with a twist. Only the object itself goes through it. What it refers to is handed back to the
 * graph and leaves a numbered stub behind, so an exception may hold a field that is not {@code Serializable}.
 */
final class JdkStreamSerializer extends Serializer<Object> {
    static final JdkStreamSerializer INSTANCE = new JdkStreamSerializer();

    private JdkStreamSerializer() {}

    @Override
    public void write(Kryo kryo, Output output, Object object) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        List<Object> parts = new ArrayList<>();
        boolean asks;
        try (Writer writer = new Writer(bytes, parts, (GraphTypes) kryo.getClassResolver())) {
            writer.writeObject(object);
            asks = writer.holdsImmutableCollection || isCollectionOfAProgram(object);
        } catch (IOException e) {
            throw new RefusedException(object.getClass(), "Its own serialization failed: " + e + ".");
        }
        output.writeBoolean(asks);
        output.writeVarInt(parts.size(), true);
        for (Object part : parts) {
            kryo.writeClassAndObject(output, part);
        }
        output.writeVarInt(bytes.size(), true);
        output.writeBytes(bytes.toByteArray());
    }

    /** What a program has made of a set or a map asks its elements for their hash codes while it is read. */
    private static boolean isCollectionOfAProgram(Object object) {
        return (object instanceof Collection || object instanceof Map)
                && (!PlatformClasses.isPlatform(object.getClass()) || object instanceof Properties);
    }

    @Override
    public @Nullable Object read(Kryo kryo, Input input, Class<? extends Object> type) {
        Kind kind = input.readBoolean() ? Kind.BY_CONTENT : Kind.BY_CONSTRUCTOR;
        Parts parts = new Parts(kryo, kind, input.readVarInt(true));
        for (int i = 0; i < parts.soFar().length; i++) {
            parts.add(kryo.readClassAndObject(input));
        }
        byte[] bytes = input.readBytes(input.readVarInt(true));
        GraphTypes types = (GraphTypes) kryo.getClassResolver();
        ClassNames names = types.names();
        return types.isDescribing()
                ? parts.make(values -> described(bytes, values, names))
                : parts.make(values -> read(bytes, values, names));
    }

    private static Object read(byte[] bytes, Object[] parts, ClassNames names) {
        try (Reader reader = new Reader(bytes, parts, names)) {
            return reader.readObject();
        } catch (ClassNotFoundException e) {
            throw PayloadException.missing(String.valueOf(e.getMessage()), e);
        } catch (InvalidClassException e) {
            throw new PayloadException(
                    "The value was written with another version of the class " + e.classname + ".", e);
        } catch (IOException | ClassCastException e) {
            throw new PayloadException("The value's own serialization failed while reading: " + e, e);
        }
    }

    /** An object of the JDK is read; of any other only its class and the parts that the graph carries are known. */
    private static Object described(byte[] bytes, Object[] parts, ClassNames names) {
        try (Reader reader = new Reader(bytes, parts, names)) {
            return reader.readObject();
        } catch (PayloadException | IOException | ClassNotFoundException | ClassCastException unknown) {
            String name = unknown instanceof PayloadException missing
                    ? missing.missingClass().orElse("an object")
                    : "an object";
            Described described = new Described(name, null);
            for (int i = 0; i < parts.length; i++) {
                described.put("part " + (i + 1), parts[i]);
            }
            return described;
        }
    }

    /** Stands in the stream for an object that the graph carries. */
    private record Stub(int number) implements Serializable {}

    private static final class Writer extends ObjectOutputStream {
        private final List<Object> parts;
        private final GraphTypes types;
        private final IdentityHashMap<Object, Stub> stubs = new IdentityHashMap<>();
        private boolean begun;
        /** The JDK's immutable collections stay in the stream, in a form of their own, and are sets and maps as well. */
        private boolean holdsImmutableCollection;

        Writer(ByteArrayOutputStream bytes, List<Object> parts, GraphTypes types) throws IOException {
            super(bytes);
            this.parts = parts;
            this.types = types;
            enableReplaceObject(true);
        }

        @Override
        protected Object replaceObject(Object object) {
            if (!begun) {
                begun = true;
                return object;
            }
            if (staysInStream(object)) {
                holdsImmutableCollection |= object.getClass().getName().equals("java.util.CollSer");
                return object;
            }
            return stubs.computeIfAbsent(object, part -> {
                parts.add(part);
                return new Stub(parts.size() - 1);
            });
        }

        private static boolean staysInStream(Object object) {
            Class<?> type = object.getClass();
            if (type.isArray() || object instanceof Enum || object instanceof SerializedLambda) {
                return true;
            }
            return PlatformClasses.isPlatform(type)
                    && object instanceof Serializable
                    && !(object instanceof Collection)
                    && !(object instanceof Map);
        }

        @Override
        protected void annotateClass(Class<?> type) {
            types.report(type);
        }

        @Override
        protected void annotateProxyClass(Class<?> type) {
            for (Class<?> each : type.getInterfaces()) {
                types.report(each);
            }
        }
    }

    private static final class Reader extends ObjectInputStream {
        private final Object[] parts;
        private final ClassNames names;

        Reader(byte[] bytes, Object[] parts, ClassNames names) throws IOException {
            super(new ByteArrayInputStream(bytes));
            this.parts = parts;
            this.names = names;
            enableResolveObject(true);
        }

        @Override
        protected @Nullable Object resolveObject(Object object) {
            return object instanceof Stub stub ? parts[stub.number()] : object;
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass description) {
            String name = description.getName();
            return name.equals(Stub.class.getName()) ? Stub.class : names.load(name);
        }

        @Override
        protected Class<?> resolveProxyClass(String[] interfaces) throws ClassNotFoundException {
            Class<?>[] types = new Class<?>[interfaces.length];
            for (int i = 0; i < types.length; i++) {
                types[i] = names.load(interfaces[i]);
            }
            return Proxy.newProxyInstance(names.loader(), types, (proxy, method, arguments) -> null)
                    .getClass();
        }
    }
}
