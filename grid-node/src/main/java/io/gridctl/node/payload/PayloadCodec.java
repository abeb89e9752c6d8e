package io.gridctl.node.payload;

import com.esotericsoftware.kryo.kryo5.io.KryoBufferOverflowException;
import io.gridctl.NotShippableException;
import java.lang.ref.WeakReference;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.WeakHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns values and functions into bytes and back. Types need not be {@code Serializable}; functions must be.
 *
 * <p>The first byte tells the road: null, strings, boxed primitives and primitive arrays are copied as they are;
 * everything else is walked as an object graph, which keeps shared references and cycles. Transient fields arrive with
 * their default values, and no constructor runs except a record's.
 *
 * <p>Safe for use by several threads. Holds neither values nor classes nor class loaders.
 */
public final class PayloadCodec {
    /** Enough for a linked structure of some hundred thousand nodes; reserved, not used, by most threads that ask. */
    private static final long DEEP_STACK_BYTES = 512L << 20;

    private final Map<ClassLoader, ClassNames> namesByLoader = Collections.synchronizedMap(new WeakHashMap<>());

    /** The most recent entry of {@link #namesByLoader}; most codecs only ever see one loader. */
    private volatile @Nullable Recent recent;

    private record Recent(WeakReference<ClassLoader> loader, ClassNames names) {}

    /** A codec that has seen no class loader yet. */
    public PayloadCodec() {}

    /**
     * Whether a value cannot change and is written without a walk through objects: null, a string, a boxed primitive.
     *
     * @param value the value, may be null
     * @return true if it may as well be written later
     */
    public static boolean isConstant(@Nullable Object value) {
        return RawValues.isConstant(value);
    }

    /**
     * Writes a value.
     *
     * @param value the value, may be null
     * @return its bytes, for {@link #decode}
     * @throws NotShippableException if something in it cannot leave this process; the message gives the path to it
     */
    public byte[] encode(@Nullable Object value) {
        return encode("value", value, PayloadCodec::nobody);
    }

    /**
     * Writes a value and tells which classes its reader needs.
     *
     * @param what what the value is to the caller, for messages: {@code "function"}, {@code "argument"}
     * @param value the value, may be null
     * @param classes is given each class outside the JDK whose objects, functions or {@code Class} objects were written;
     *     some may be given twice
     * @return its bytes, for {@link #decode}
     * @throws NotShippableException if something in it cannot leave this process; the message gives the path to it
     */
    public byte[] encode(String what, @Nullable Object value, Consumer<Class<?>> classes) {
        try {
            byte[] raw = RawValues.encode(value);
            return raw != null ? raw : graph(Objects.requireNonNull(value), classes);
        } catch (RawValues.TooLargeException | KryoBufferOverflowException | OutOfMemoryError e) {
            throw new NotShippableException(
                    "cannot send the " + what
                            + ": its bytes do not fit in memory or in one array (2 GiB). Send it in parts.",
                    e);
        } catch (StackOverflowError e) {
            throw new NotShippableException(
                    "cannot send the " + what + ": its objects are linked too deeply. Send them in a list instead.", e);
        } catch (RuntimeException | LinkageError e) {
            throw CapturePath.explain(what, Objects.requireNonNull(value), e);
        }
    }

    private static byte[] graph(Object value, Consumer<Class<?>> classes) {
        try {
            return ObjectGraph.write(value, classes);
        } catch (StackOverflowError e) {
            return DeepStack.call(DEEP_STACK_BYTES, () -> ObjectGraph.write(value, classes));
        }
    }

    /**
     * Reads a value.
     *
     * @param bytes what {@link #encode} returned
     * @param loader finds the classes outside the JDK
     * @return an equal value
     * @throws PayloadException if a class is missing or is another version than the writer's
     */
    public @Nullable Object decode(byte[] bytes, ClassLoader loader) {
        if (bytes.length == 0) {
            throw new PayloadException("There are no bytes to read a value from.");
        }
        try {
            if (Slices.are(bytes)) {
                return Slices.decode(bytes, slice -> decode(slice, loader));
            }
            if (!RawValues.isGraph(bytes)) {
                return RawValues.decode(bytes);
            }
            ClassNames names = names(loader);
            try {
                return ObjectGraph.read(bytes, names);
            } catch (StackOverflowError e) {
                return DeepStack.call(DEEP_STACK_BYTES, () -> ObjectGraph.read(bytes, names));
            }
        } catch (StackOverflowError e) {
            throw new PayloadException("The value's objects are linked too deeply to be read here.", e);
        } catch (Exception | LinkageError e) {
            throw DecodeFailures.explain(e);
        }
    }

    /**
     * Whether reading these bytes sets static fields: those of a {@link WithStatics}.
     *
     * @param bytes what {@link #encode} returned, may be empty
     * @return whether a reader of others' bytes sees the difference
     */
    public static boolean setsStatics(byte[] bytes) {
        return bytes.length > 0 && bytes[0] == RawValues.GRAPH_WITH_STATICS;
    }

    /**
     * Whether there is a {@link io.gridctl.Reference} in a value.
     *
     * @param bytes what {@link #encode} returned, may be empty
     * @return whether a reader may have to put something in its place
     */
    public static boolean hasReferences(byte[] bytes) {
        return bytes.length > 0 && bytes[0] == RawValues.GRAPH_WITH_REFERENCES;
    }

    /**
     * Whether reading these bytes does no more than make the objects that were written.
     *
     * @param bytes what {@link #encode} returned, may be empty
     * @return false where static fields are set or there are references
     */
    public static boolean isPlain(byte[] bytes) {
        return !setsStatics(bytes) && !hasReferences(bytes);
    }

    static void nobody(Class<?> type) {}

    private ClassNames names(ClassLoader loader) {
        Recent last = recent;
        if (last != null && last.loader.refersTo(loader)) {
            return last.names;
        }
        ClassNames names = namesByLoader.computeIfAbsent(loader, ClassNames::new);
        recent = new Recent(new WeakReference<>(loader), names);
        return names;
    }
}
