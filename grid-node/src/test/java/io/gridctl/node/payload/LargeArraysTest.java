package io.gridctl.node.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gridctl.GridException;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Arrays as pieces: the bytes are those of the codec, wherever the borders lie, and become the same elements again. */
class LargeArraysTest {
    private static final List<Class<?>> COMPONENTS = List.of(
            boolean.class, byte.class, char.class, short.class, int.class, long.class, float.class, double.class);

    private final PayloadCodec codec = new PayloadCodec();

    @Test
    void piecesOfAnArrayAreTheBytesOfTheCodec() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            Object array = array(COMPONENTS.get(random.nextInt(COMPONENTS.size())), random.nextInt(40), random);
            int length = Array.getLength(array);
            int stride = 1 + random.nextInt(3);
            int offset = random.nextInt(length + 1);
            int count = (length - offset + stride - 1) / stride;
            int size = 1 + random.nextInt(20);
            String what = "seed " + seed + ", round " + round + ": " + count + " of " + array.getClass() + " from "
                    + offset + " by " + stride + " in pieces of " + size;
            Object some = Array.newInstance(array.getClass().getComponentType(), count);
            for (int i = 0; i < count; i++) {
                Array.set(some, i, Array.get(array, offset + i * stride));
            }
            byte[] bytes = codec.encode(some);

            ArraySource source = new ArraySource(array, offset, stride, count);
            ValueSink sink = new ValueSink(source.length());

            assertThat(source.length()).as(what).isEqualTo(bytes.length);
            byte[] together = new byte[bytes.length];
            for (int from = 0; from < bytes.length; from += size) {
                byte[] piece = new byte[Math.min(size, bytes.length - from)];
                source.fill(from, ByteBuffer.wrap(piece));
                System.arraycopy(piece, 0, together, from, piece.length);
                sink.take(ByteBuffer.wrap(piece));
            }
            assertThat(together).as(what).isEqualTo(bytes);
            assertThat(sink.taken().isElements()).isTrue();
            assertThat(sink.taken().value()).as(what).isEqualTo(some);
            assertThat(sink.taken().copy().value())
                    .as(what)
                    .isEqualTo(some)
                    .isNotSameAs(sink.taken().value());
        }
    }

    @Test
    void anArrayThatFitsItsPlaceGoesThere() {
        int[] whole = {-1, -1, -1, -1, -1};
        byte[] bytes = codec.encode(new int[] {5, 6, 7});
        ValueSink sink = new ValueSink(bytes.length, new ValueSink.Place(whole, 1, 3));

        for (byte each : bytes) {
            sink.take(ByteBuffer.wrap(new byte[] {each}));
        }

        assertThat(whole).containsExactly(-1, 5, 6, 7, -1);
        assertThat(sink.taken().value()).isEqualTo(new ValueSink.Place(whole, 1, 3));
    }

    @Test
    void anArrayThatDoesNotFitItsPlaceIsOneOfItsOwn() {
        int[] whole = {-1, -1, -1};
        for (Object other : List.of(new int[] {5, 6}, new float[] {5, 6, 7})) {
            byte[] bytes = codec.encode(other);
            ValueSink sink = new ValueSink(bytes.length, new ValueSink.Place(whole, 0, 3));

            sink.take(ByteBuffer.wrap(bytes));

            assertThat(sink.taken().value()).isEqualTo(other);
            assertThat(whole).containsOnly(-1);
        }
    }

    @Test
    void anArrayOfMoreThanTwoGigabytesIsMadeInPieces() {
        ArraySource source = new ArraySource(new double[1 << 10], 0, 0, Integer.MAX_VALUE - 8);
        byte[] piece = new byte[16];

        source.fill(source.length() - 16, ByteBuffer.wrap(piece));

        assertThat(source.length()).isEqualTo(1 + 8L * (Integer.MAX_VALUE - 8));
        assertThat(piece).containsOnly(0);
    }

    @Test
    void whatIsLongerThanAnArrayIsRefusedWithTheLimit() {
        long bytes = 3L << 30;
        ValueSink other = new ValueSink(bytes);
        ValueSink array = new ValueSink(bytes);
        byte[] list = codec.encode(List.of("some"));
        byte[] booleans = codec.encode(new boolean[5]);

        assertThatThrownBy(() -> other.take(ByteBuffer.wrap(list)))
                .isInstanceOf(GridException.class)
                .hasMessage(
                        "a value of 3221225472 bytes cannot be read as a whole, which has at most 2147483639; work on"
                                + " it in place with mapOver and reduce, or bring it elsewhere with gatherInto");
        assertThatThrownBy(() -> array.take(ByteBuffer.wrap(booleans))).hasMessageContaining("3221225471 elements");
    }

    @Test
    void otherValuesArePutTogetherAsBytes() {
        byte[] bytes = codec.encode(List.of("some", "thing", 5));
        ValueSink sink = new ValueSink(bytes.length);

        for (byte each : bytes) {
            sink.take(ByteBuffer.wrap(new byte[] {each}));
        }

        assertThat(sink.taken().isElements()).isFalse();
        assertThat(sink.taken().bytes()).isEqualTo(bytes);
    }

    private static Object array(Class<?> component, int length, Random random) {
        Object array = Array.newInstance(component, length);
        for (int i = 0; i < length; i++) {
            if (component == boolean.class) {
                Array.setBoolean(array, i, random.nextBoolean());
            } else if (component == char.class) {
                Array.setChar(array, i, (char) random.nextInt());
            } else {
                Array.setByte(array, i, (byte) random.nextInt());
            }
        }
        return array;
    }
}
