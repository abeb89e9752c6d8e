package io.gridctl.node.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class PackingTest {
    static final List<Object> ARRAYS = List.of(
            new double[] {1.5, -0.0, Double.NaN},
            new int[] {1, Integer.MIN_VALUE},
            new long[] {1, Long.MAX_VALUE},
            new float[] {1.5f, Float.NaN},
            new byte[] {1, -1},
            new short[] {1, -1},
            new char[] {'a', '\uffff'},
            new boolean[] {true, false});

    private static Object pack(List<?> values) {
        Packing packing = new Packing(values.size());
        values.forEach(packing::add);
        return packing.values();
    }

    @ParameterizedTest
    @FieldSource("ARRAYS")
    void elementsOfPrimitiveTypeAreAnArrayAgain(Object array) {
        List<Object> boxed = elements(array);

        Object packed = pack(boxed);

        assertThat(packed).isEqualTo(array);
    }

    private static List<Object> elements(Object array) {
        int length = Array.getLength(array);
        Object[] elements = new Object[length];
        for (int i = 0; i < length; i++) {
            elements[i] = Elements.get(array, i);
            assertThat(elements[i]).isEqualTo(Array.get(array, i));
        }
        return Arrays.asList(elements);
    }

    @Test
    void valuesOfMoreThanOneTypeAreAList() {
        assertThat(pack(List.of(1, 2, 3L, 4))).isEqualTo(List.of(1, 2, 3L, 4));
        assertThat(pack(Arrays.asList(1.5, null, 2.5))).isEqualTo(Arrays.asList(1.5, null, 2.5));
        assertThat(pack(Arrays.asList(null, 1))).isEqualTo(Arrays.asList(null, 1));
        assertThat(pack(elements(new String[] {"a", null}))).isEqualTo(Arrays.asList("a", null));
        assertThat(pack(List.of(1, "two"))).isEqualTo(List.of(1, "two"));
        assertThat(pack(List.of())).isEqualTo(List.of());
    }

    @Test
    void whatIsPutIntoAnArrayMayBeOfANarrowerTypeAndOfNoOther() {
        double[] array = {0, 0};

        assertThat(Elements.put(array, 0, 1)).isFalse();
        Elements.set(array, 0, 1);
        Elements.set(array, 1, 2.5);

        assertThat(array).containsExactly(1, 2.5);
        assertThatThrownBy(() -> Elements.set(array, 0, "one")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Elements.set(array, 0, null)).isInstanceOf(IllegalArgumentException.class);
    }
}
