package io.gridctl.node.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever is put into a block comes out of it, in order; neighbours of one type take little more than their bits. */
class ItemBlockTest {
    @Test
    void valuesOfOneTypeTakeTheirBitsAndOneHeading() {
        assertThat(written(repeated(7)).length).isLessThan(1000 * Integer.BYTES + 16);
        assertThat(written(repeated(7.5)).length).isLessThan(1000 * Double.BYTES + 16);
        assertThat(written(repeated(true)).length).isLessThan(1000 + 16);
        assertThat(written(repeated("text")).length).isLessThan(1000 * (Integer.BYTES + 4) + 16);
        assertThat(written(repeated(null)).length).isLessThan(16);
    }

    @Test
    void everyConstantComesOutAsItWasPutIn() {
        List<@Nullable Object> values = new ArrayList<>(Arrays.asList(
                0,
                Integer.MIN_VALUE,
                Long.MIN_VALUE,
                -1L,
                -0.0,
                Double.NaN,
                Float.MIN_VALUE,
                -0.0f,
                Short.MIN_VALUE,
                (short) -1,
                Byte.MIN_VALUE,
                'a',
                '\uffff',
                true,
                false,
                null,
                "",
                "latin \u00ff",
                "wide \u20ac",
                "lone surrogate \ud800"));
        for (Object each : List.copyOf(values.subList(0, 15))) {
            values.add(each);
        }

        assertThat(read(written(values), values.size())).containsExactlyElementsOf(values);
    }

    @Test
    void anyOrderOfTypesComesOutInThatOrder() {
        Object[] kinds = {1, 2L, 3.0, 4.0f, (short) 5, (byte) 6, 'c', true, "s", "\u20ac", ItemBlock.NOTHING};
        Random random = new Random(11);
        for (int run = 0; run < 200; run++) {
            List<@Nullable Object> values = new ArrayList<>();
            for (int i = random.nextInt(50); i >= 0; i--) {
                int pick = random.nextInt(kinds.length + 1);
                for (int times = random.nextInt(4); times >= 0; times--) {
                    values.add(pick == kinds.length ? null : kinds[pick]);
                }
            }

            assertThat(read(written(values), values.size())).containsExactlyElementsOf(values);
        }
    }

    @Test
    void whatTheCodecWroteComesOutAsItsBytes() {
        ItemBlock.Writer block = new ItemBlock.Writer(0);
        block.add(1);
        block.addEncoded(new byte[] {1, 2, 3});
        block.addEncoded(new byte[0]);
        block.addNothing();
        block.add(2);

        List<@Nullable Object> values = read(block.toBytes(), 5);

        assertThat(values.get(0)).isEqualTo(1);
        assertThat((byte[]) values.get(1)).containsExactly(1, 2, 3);
        assertThat((byte[]) values.get(2)).isEmpty();
        assertThat(values.get(3)).isSameAs(ItemBlock.NOTHING);
        assertThat(values.get(4)).isEqualTo(2);
    }

    @Test
    void whatNeedsTheCodecIsNoConstant() {
        ItemBlock.Writer block = new ItemBlock.Writer(16);

        assertThatThrownBy(() -> block.add(List.of(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("needs the codec");
    }

    record Point(int x, double y, String name) {}

    record Other(long number) {}

    @Test
    void recordsOfOneClassAreColumnsWithOneHeading() {
        PayloadCodec codec = new PayloadCodec();
        List<Record> records = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            records.add(new Point(i, i / 2.0, "p"));
        }
        records.add(new Other(7));
        records.add(new Point(-1, 0, "last"));
        ItemBlock.Writer block = new ItemBlock.Writer(0);
        block.add(1);
        for (Record each : records) {
            FlatRecord flat = FlatRecord.of(each.getClass()).orElseThrow();
            block.addRecord(each.getClass(), flat.parts(each), codec.encode(each));
        }
        block.add(2);
        byte[] bytes = block.toBytes();

        List<@Nullable Object> values = read(bytes, records.size() + 2);

        assertThat(bytes.length).isLessThan(100 * (4 + 8 + 5) + 1000);
        assertThat(values.get(0)).isEqualTo(1);
        assertThat(values.get(records.size() + 1)).isEqualTo(2);
        ClassLoader loader = ItemBlockTest.class.getClassLoader();
        for (int i = 0; i < records.size(); i++) {
            ItemBlock.Row row = (ItemBlock.Row) values.get(i + 1);
            assertThat(row.make(example -> codec.decode(example, loader))).isEqualTo(records.get(i));
        }
    }

    private static List<@Nullable Object> repeated(@Nullable Object value) {
        return new ArrayList<>(IntStream.range(0, 1000).mapToObj(i -> value).toList());
    }

    private static byte[] written(List<@Nullable Object> values) {
        ItemBlock.Writer block = new ItemBlock.Writer(0);
        for (Object value : values) {
            if (value == ItemBlock.NOTHING) {
                block.addNothing();
            } else {
                block.add(value);
            }
        }
        return block.toBytes();
    }

    private static List<@Nullable Object> read(byte[] bytes, int count) {
        ItemBlock.Reader reader = new ItemBlock.Reader(bytes);
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(reader.next());
        }
        return values;
    }
}
