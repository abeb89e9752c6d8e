package io.gridctl.node.payload;

import io.gridctl.GridException;
import io.gridctl.node.task.LargeValues;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** Takes the pieces of a large value: those of a primitive array become elements at once, others are put together. */
public final class ValueSink implements LargeValues.Sink {
    /** The longest array that the VMs give. */
    private static final int LONGEST = Integer.MAX_VALUE - 8;

    private final long length;
    /** Null before the first piece, then a primitive array, be it of the bytes themselves. */
    private @Nullable Object whole;

    /** Where the elements of an array go that fits there. */
    private @Nullable Place place;

    private boolean elements;
    private int width;
    /** Where the next element, or byte, goes. */
    private int next;
    /** The beginning of an element that lies across a border. */
    private final ByteBuffer torn = ByteBuffer.allocate(Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);

    /**
     * Takes a value.
     *
     * @param length how many bytes it is
     */
    public ValueSink(long length) {
        this.length = length;
    }

    /**
     * Takes a value that may be an array with a place.
     *
     * @param length how many bytes it is
     * @param place where its elements go if they are just so many of that type; an array of its own takes others
     */
    public ValueSink(long length, Place place) {
        this.length = length;
        this.place = place;
    }

    /** {@return how many bytes the value is} */
    public long length() {
        return length;
    }

    /**
     * Some elements of an array of a primitive type.
     *
     * @param array the array
     * @param from the first one's index
     * @param count how many
     */
    public record Place(Object array, int from, int count) {
        /** {@return the elements in an array of their own} */
        @SuppressWarnings("SuspiciousSystemArraycopy") // it has the array's own type
        public Object copy() {
            Object copy = Array.newInstance(array.getClass().getComponentType(), count);
            System.arraycopy(array, from, copy, 0, count);
            return copy;
        }
    }

    /** What has come of the bytes. */
    public record Taken(Object value, boolean isElements) {
        /** {@return the same elements in an array of their own} */
        public Taken copy() {
            return new Taken(new Place(value, 0, Array.getLength(value)).copy(), isElements);
        }

        /** {@return the bytes, for {@link PayloadCodec#decode}, unless it has elements already} */
        public byte[] bytes() {
            return (byte[]) value;
        }
    }

    /**
     * What there is once all pieces have come.
     *
     * @return the array that the value is, or its place if it went there, or the bytes of another value
     */
    public Taken taken() {
        if (whole == null) {
            throw new IllegalStateException("a large value has at least one piece");
        }
        return new Taken(place == null ? whole : place, elements);
    }

    @Override
    public void take(ByteBuffer piece) {
        ByteBuffer bytes = piece.slice().order(ByteOrder.LITTLE_ENDIAN);
        if (whole == null) {
            whole = begin(bytes);
        }
        if (elements) {
            takeElements(bytes, whole);
        } else {
            int count = bytes.remaining();
            bytes.get((byte[]) whole, next, count);
            next += count;
        }
    }

    /** Makes room for the value; of an array what comes after this are elements. */
    private Object begin(ByteBuffer bytes) {
        Class<?> component = PrimitiveArrays.component(bytes.get(bytes.position()));
        if (component == null) {
            place = null;
            return new byte[fitting(length, "bytes")];
        }
        bytes.get();
        elements = true;
        width = PrimitiveArrays.width(component);
        int count = fitting((length - 1) / width, "elements");
        if (place != null && place.count() == count && place.array().getClass().getComponentType() == component) {
            next = place.from();
            return place.array();
        }
        place = null;
        return Array.newInstance(component, count);
    }

    private static int fitting(long count, String what) {
        if (count > LONGEST) {
            throw new GridException(
                    "a value of " + count + " " + what + " cannot be read as a whole, which has at most " + LONGEST
                            + "; work on it in place with mapOver and reduce, or bring it elsewhere with gatherInto");
        }
        return (int) count;
    }

    private void takeElements(ByteBuffer source, Object array) {
        if (torn.position() > 0) {
            while (torn.position() < width && source.hasRemaining()) {
                torn.put(source.get());
            }
            if (torn.position() < width) {
                return;
            }
            torn.flip();
            PrimitiveArrays.get(torn, array, next++, 1);
            torn.clear();
        }
        int count = source.remaining() / width;
        PrimitiveArrays.get(source, array, next, count);
        next += count;
        torn.put(source);
    }
}
