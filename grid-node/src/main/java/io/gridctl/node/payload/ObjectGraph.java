package io.gridctl.node.payload;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.KryoException;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import com.esotericsoftware.kryo.kryo5.objenesis.instantiator.ObjectInstantiator;
import com.esotericsoftware.kryo.kryo5.objenesis.strategy.InstantiatorStrategy;
import com.esotericsoftware.kryo.kryo5.util.Util;
import io.gridctl.Reference;
import java.lang.reflect.Constructor;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One walker over object graphs: a Kryo with our types. Walkers are not thread-safe and cost a moment to make, so a few
 * idle ones are kept; they hold nothing of any program.
 */
final class ObjectGraph {
    private static final byte[] NOTHING = {};
    private static final int FIRST_SIZE = 1024;
    private static final int KEPT_SIZE = 1 << 20;
    private static final BlockingQueue<ObjectGraph> IDLE =
            new ArrayBlockingQueue<>(2 * Runtime.getRuntime().availableProcessors() + 2);

    static {
        withoutUnsafe();
    }

    private final GraphTypes types = new GraphTypes();
    private final GraphReferences references = new GraphReferences();
    private final Kryo kryo = new GraphKryo(types, references);
    private final Input input = new Input();
    private Output output = new Output(FIRST_SIZE, -1);

    /**
     * Kryo looks for {@code sun.misc.Unsafe} once, when its helper class is initialized, and newer JDKs print a warning
     * then. We never use what it looks for; a property that is set for that moment keeps it from looking.
     */
    private static void withoutUnsafe() {
        String property = "kryo.unsafe";
        if (System.getProperty(property) != null) {
            return;
        }
        System.setProperty(property, "false");
        try {
            Class.forName(Util.class.getName(), true, Kryo.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        } finally {
            System.clearProperty(property);
        }
    }

    private ObjectGraph() {
        kryo.setAutoReset(false);
        kryo.setOptimizedGenerics(false);
        types.begin(kryo);
        kryo.setInstantiatorStrategy(new PublicConstructors());
    }

    /** Bytes of which {@link RawValues#isGraph} holds; {@code classes} is told which classes a reader needs. */
    static byte[] write(Object value, Consumer<Class<?>> classes) {
        ObjectGraph graph = borrow();
        byte[] bytes = graph.writeOnce(value, classes);
        graph.giveBack();
        return bytes;
    }

    static @Nullable Object read(byte[] bytes, ClassNames names) throws IllegalAccessException {
        ObjectGraph graph = borrow();
        Object value = graph.readOnce(bytes, names);
        graph.giveBack();
        return value;
    }

    /** As {@link #read}, with stand-ins for the objects of all classes outside the JDK. */
    static @Nullable Object describe(byte[] bytes, Descriptions descriptions) throws IllegalAccessException {
        ObjectGraph graph = new ObjectGraph();
        graph.types.beginDescribing(descriptions);
        return graph.readOnce(bytes, new ClassNames(ClassLoader.getPlatformClassLoader()));
    }

    /** Why objects of this type cannot be written whatever is in them, or null. */
    static @Nullable RefusedException refusal(Class<?> type) {
        ObjectGraph graph = borrow();
        try {
            graph.types.getRegistration(type);
            return null;
        } catch (RefusedException e) {
            return e;
        } finally {
            graph.giveBack();
        }
    }

    private static ObjectGraph borrow() {
        ObjectGraph idle = IDLE.poll();
        return idle == null ? new ObjectGraph() : idle;
    }

    /** Only after success: a walker that failed half-way is left to the garbage collector. */
    private void giveBack() {
        IDLE.offer(this);
    }

    private byte[] writeOnce(Object value, Consumer<Class<?>> classes) {
        boolean[] refers = {false};
        types.beginWriting(type -> {
            refers[0] |= type == Reference.class;
            classes.accept(type);
        });
        output.reset();
        output.writeByte(value instanceof WithStatics ? RawValues.GRAPH_WITH_STATICS : RawValues.GRAPH);
        kryo.writeClassAndObject(output, value);
        byte[] bytes = output.toBytes();
        if (refers[0] && bytes[0] == RawValues.GRAPH) {
            bytes[0] = RawValues.GRAPH_WITH_REFERENCES;
        }
        if (output.getBuffer().length > KEPT_SIZE) {
            output = new Output(FIRST_SIZE, -1);
        }
        kryo.reset();
        return bytes;
    }

    private @Nullable Object readOnce(byte[] bytes, ClassNames names) throws IllegalAccessException {
        types.beginReading(names);
        input.setBuffer(bytes, 1, bytes.length - 1);
        Object value = kryo.readClassAndObject(input);
        references.finish();
        input.setBuffer(NOTHING);
        kryo.reset();
        return value;
    }

    /** Kryo's own strategy generates classes at run time; JDK collections need no more than their constructor. */
    private static final class PublicConstructors implements InstantiatorStrategy {
        @Override
        public <T> ObjectInstantiator<T> newInstantiatorOf(Class<T> type) {
            try {
                Constructor<T> constructor = type.getConstructor();
                return () -> newInstance(constructor);
            } catch (NoSuchMethodException e) {
                throw new KryoException(e);
            }
        }

        private static <T> T newInstance(Constructor<T> constructor) {
            try {
                return Objects.requireNonNull(constructor.newInstance());
            } catch (ReflectiveOperationException e) {
                throw new KryoException(e);
            }
        }
    }
}
