package io.gridctl.node.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gridctl.Distribution;
import io.gridctl.GridException;
import io.gridctl.node.task.Layout;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is cut can be put together again: any length, any number of engines, any distribution, any kind of data. */
class SlicesTest {
    private static final List<Distribution> DISTRIBUTIONS = List.of(
            Distribution.BLOCK, Distribution.CYCLIC, Distribution.BLOCK.flatten(), Distribution.CYCLIC.flatten());

    private static final List<Class<?>> ELEMENTS = List.of(
            int.class,
            long.class,
            double.class,
            float.class,
            short.class,
            byte.class,
            char.class,
            boolean.class,
            String.class,
            int[].class);

    @Test
    void whatIsCutIsPutTogetherAgainWhateverItIs() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            int engines = 1 + random.nextInt(9);
            int length = random.nextInt(4) == 0 ? random.nextInt(engines + 1) : random.nextInt(50);
            Distribution distribution = DISTRIBUTIONS.get(random.nextInt(DISTRIBUTIONS.size()));
            int kind = random.nextInt(ELEMENTS.size() + 1);
            Object data = kind == ELEMENTS.size() ? list(length, random) : array(ELEMENTS.get(kind), length, random);
            Layout layout = layout(data, engines, distribution);
            String what = "seed " + seed + ", round " + round + ": " + length + " of " + data.getClass() + " over "
                    + engines + " engines, " + distribution;

            Object back = Joined.join(layout, cut(data, layout), null, SlicesTest::find);

            assertThat(back).as(what).isEqualTo(data);
            assertThat(back.getClass()).as(what).isEqualTo(data.getClass());
            assertThat(layout.length()).as(what).isEqualTo(length);
        }
    }

    private static Layout layout(Object data, int engines, Distribution distribution) {
        Sliced sliced = Sliced.of(data);
        List<Integer> ids =
                IntStream.range(0, engines).map(id -> 3 * id).boxed().toList();
        return Layout.of(sliced.typeName(), sliced.length(), ids, distribution);
    }

    private static List<@Nullable Object> cut(Object data, Layout layout) {
        Sliced sliced = Sliced.of(data);
        List<@Nullable Object> parts = new ArrayList<>();
        layout.parts().forEach(part -> parts.add(sliced.cut(part)));
        return parts;
    }

    private static @Nullable Class<?> find(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static List<@Nullable Object> list(int length, Random random) {
        List<@Nullable Object> list = new ArrayList<>();
        IntFunction<@Nullable Object> element = i -> switch (random.nextInt(4)) {
            case 0 -> null;
            case 1 -> "text " + i;
            case 2 -> new int[] {i};
            default -> List.of(i);
        };
        for (int i = 0; i < length; i++) {
            list.add(element.apply(i));
        }
        return list;
    }

    private static Object array(Class<?> element, int length, Random random) {
        Object array = Array.newInstance(element, length);
        for (int i = 0; i < length; i++) {
            if (element == boolean.class) {
                Array.setBoolean(array, i, random.nextBoolean());
            } else if (element == char.class) {
                Array.setChar(array, i, (char) random.nextInt(128));
            } else if (element.isPrimitive()) {
                Array.setByte(array, i, (byte) random.nextInt());
            } else {
                Array.set(array, i, element == String.class ? "text " + i : new int[] {i});
            }
        }
        return array;
    }

    @Test
    void blocksAreNeighboursWhoseLengthsDifferByOneAtMost() {
        Layout layout = layout(new int[11], 4, Distribution.BLOCK);

        assertThat(layout.parts()).extracting(Layout.Part::length).containsExactly(3L, 3L, 3L, 2L);
        assertThat(layout.parts()).extracting(Layout.Part::offset).containsExactly(0L, 3L, 6L, 9L);
    }

    @Test
    void inACyclicDistributionEachEngineGetsEveryOtherElement() {
        int[] data = IntStream.range(0, 8).toArray();

        assertThat(cut(data, layout(data, 3, Distribution.CYCLIC)))
                .containsExactly(new int[] {0, 3, 6}, new int[] {1, 4, 7}, new int[] {2, 5});
    }

    @Test
    void onlyAFlattenedPartOfExactlyOneElementIsTheElementItself() {
        int[] data = {7, 8, 9};

        assertThat(cut(data, layout(data, 2, Distribution.BLOCK.flatten()))).containsExactly(new int[] {7, 8}, 9);
        assertThat(cut(data, layout(data, 4, Distribution.BLOCK.flatten()))).containsExactly(7, 8, 9, new int[0]);
        assertThat(cut(data, layout(data, 3, Distribution.BLOCK)))
                .containsExactly(new int[] {7}, new int[] {8}, new int[] {9});
    }

    @Test
    void partsOfOtherTypesAndLengthsThanTheyWereArePutTogetherInTheirOrder() {
        Layout layout = layout(new int[4], 2, Distribution.BLOCK);

        assertThat(Joined.join(layout, List.of(new double[] {1, 2}, new double[] {3}), null, SlicesTest::find))
                .isEqualTo(new double[] {1, 2, 3});
        assertThat(Joined.join(layout, List.of(new int[] {1}, "two"), null, SlicesTest::find))
                .isEqualTo(List.of(1, "two"));
        assertThat(Joined.join(layout, List.of(List.of(1), new int[] {2}), long[].class, SlicesTest::find))
                .isEqualTo(new long[] {1, 2});
    }

    @Test
    void whatDoesNotFitIsSaid() {
        Layout cyclic = layout(new int[4], 2, Distribution.CYCLIC);

        assertThatThrownBy(() -> Joined.join(cyclic, List.of(new int[2], new int[3]), null, SlicesTest::find))
                .isInstanceOf(GridException.class)
                .hasMessageStartingWith(
                        "engine 3 has 3 elements of its part by now, and 2 were scattered to it in turns");
        assertThatThrownBy(() ->
                        Joined.join(cyclic, List.of(new int[2], List.of("a", "b")), int[].class, SlicesTest::find))
                .isInstanceOf(GridException.class)
                .hasMessage("engine 3 has an element that does not fit into a int[]: java.lang.String");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Joined.requireJoinable(String.class))
                .withMessage("type: gather gives a list or an array, not a java.lang.String; try List.class");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Sliced.of("text"))
                .withMessageStartingWith("data: a collection or an array can be scattered, not a java.lang.String");
    }
}
