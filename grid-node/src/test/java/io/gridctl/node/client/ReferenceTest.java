package io.gridctl.node.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gridctl.CompositeException;
import io.gridctl.DirectView;
import io.gridctl.Engine;
import io.gridctl.GridException;
import io.gridctl.LoadBalancedView;
import io.gridctl.NoSuchNameException;
import io.gridctl.Reference;
import io.gridctl.TaskFailedException;
import io.gridctl.TextException;
import io.gridctl.WhenFull;
import io.gridctl.function.RemoteFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is told by an expression and is put in on the engine. Texts stay, so each test has names of its own. */
@ExtendWith(SharedGrid.class)
class ReferenceTest {
    private final DirectView all = SharedGrid.grid().engines();
    private final Engine first = SharedGrid.grid().engine(0);
    private final LoadBalancedView balanced = SharedGrid.grid().loadBalanced();

    @Test
    void anArgumentIsWhatEachEngineHas() throws Exception {
        for (int id : all.ids()) {
            SharedGrid.grid().engine(id).push("own", 10 * id);
        }
        RemoteFunction<Integer, Integer> next = x -> x + 1;

        assertThat(all.<Integer, Integer>apply(next, Reference.to("own"))).containsExactly(1, 11, 21);
        assertThat(all.apply((Integer x) -> x + 2, Reference.to("own"))).containsExactly(2, 12, 22);
        assertThat(first.apply((Integer x) -> x + 3, Reference.to("own"))).isEqualTo(3);
    }

    @Test
    void anArgumentIsAnyExpressionOfTheTexts() throws Exception {
        all.execute("int[] squares = {0, 1, 4, 9}; int cube(int x) { return x * x * x; }");

        assertThat(all.apply((Integer x) -> x + 1, Reference.to("squares[3] + cube(2)")))
                .containsExactly(18, 18, 18);
        assertThat(first.apply((List<Integer> list) -> list.size(), Reference.to("List.of(1, 2, squares.length)")))
                .isEqualTo(3);
    }

    @Test
    void aReferenceToANameIsTheValueItselfAndNoCopy() throws Exception {
        first.push("shelf", new ArrayList<>(List.of("a")));

        assertThat(first.apply(
                        (Object shelf) ->
                                shelf == io.gridctl.Namespace.current().get("shelf"),
                        Reference.to("shelf")))
                .isTrue();
    }

    @Test
    void referencesInCollectionsAndAmongSeveralArgumentsAreResolvedToo() throws Exception {
        all.push("two", 2);

        assertThat(all.<Object, Object>apply(x -> x, List.of(1, List.of(Reference.to("two + 1")))))
                .containsOnly(List.of(1, List.of(3)));
        assertThat(all.<Object, Object>apply(x -> x, Map.of("a", Reference.to("two"), "b", 5)))
                .containsOnly(Map.of("a", 2, "b", 5));
        assertThat(first.<Object, Integer, Integer>apply((x, y) -> (Integer) x + y, Reference.to("two"), 40))
                .isEqualTo(42);
    }

    @Test
    void aMethodOfATextIsCalledWithAnyNumberOfArguments() throws Exception {
        all.execute("int calls = 0; int none() { calls++; return calls; } int sum(int a, int b, int c) {"
                + " return a + b + c; } String show(int x) { return \"int\"; } String show(String x) { return x; }"
                + " long wide(long x) { return x + 1; }");

        assertThat(all.<Integer>apply(Reference.to("none"))).containsExactly(1, 1, 1);
        assertThat(first.<Integer>apply(Reference.to("none"))).isEqualTo(2);
        assertThat(all.<Integer>pull("calls")).containsExactly(2, 1, 1);
        assertThat(first.<Integer>apply(Reference.to("sum"), 1, Reference.to("calls"), 3))
                .isEqualTo(6);
        assertThat(first.<String>apply(Reference.to("show"), "text")).isEqualTo("text");
        assertThat(first.<String>apply(Reference.to("show"), 1)).isEqualTo("int");
        assertThat(first.<Long>apply(Reference.to("wide"), 1)).isEqualTo(2L);
    }

    @Test
    void aLambdaOfATextIsCalledAndMappedWith() throws Exception {
        all.execute("int offset = 100; RemoteFunction<Integer, Integer> moved = x -> x + offset;"
                + " Function<String, Integer> size = String::length;");

        assertThat(all.<Integer>apply(Reference.to("moved"), 1)).containsExactly(101, 101, 101);
        assertThat(first.<Integer>apply(Reference.to("size"), "four")).isEqualTo(4);

        all.push("offset", 200);
        List<Integer> items = IntStream.range(0, 500).boxed().toList();
        assertThat(balanced.<Integer>map(Reference.to("moved"), items))
                .isEqualTo(items.stream().map(x -> x + 200).toList());
    }

    @Test
    void itemsOfAMapMayBeReferences() throws Exception {
        all.push("nine", 9);
        List<Reference<Integer>> items = List.of(Reference.to("nine"), Reference.to("nine + 1"));
        RemoteFunction<Object, Integer> twice = x -> 2 * (Integer) x;

        assertThat(balanced.map(twice, items)).containsExactly(18, 20);
        assertThat(balanced.map(twice, List.of(1, Reference.to("nine")))).containsExactly(2, 18);
        assertThat(balanced.mapReduce(twice, Integer::sum, items)).contains(38);
        assertThat(all.map(twice, items)).containsExactly(18, 20);
        assertThat(balanced.apply(twice, Reference.to("nine"))).isEqualTo(18);
    }

    @Test
    void whereTheCallerMayRunATaskAReferenceIsRefused() throws Exception {
        LoadBalancedView here = balanced.whenFull(WhenFull.CALLER_RUNS);
        all.push("eight", 8);
        RemoteFunction<Object, Object> same = x -> x;

        for (Object argument : List.of(Reference.to("eight"), List.of(1, Reference.to("eight")))) {
            assertThat(catchThrowableOfType(IllegalArgumentException.class, () -> here.apply(same, argument)))
                    .hasMessageContaining("Reference")
                    .hasMessageContaining("WhenFull.BLOCK");
        }

        assertThat(here.<Object, Object>apply(same, 8)).isEqualTo(8);
        assertThat(here.map(same, List.of(Reference.to("eight")))).containsExactly(8);
    }

    @Test
    void aMethodOfATextIsMappedWith() throws Exception {
        all.execute("record Pair(int x, int square) {} int sq(int x) { return x * x; }");

        assertThat(balanced.<Integer>map(Reference.to("sq"), List.of(1, 2, 3, 4)))
                .containsExactly(1, 4, 9, 16);
        assertThat(balanced.<String>map(
                        Reference.to("(Function<Integer, String>) x -> new Pair(x, sq(x)).toString()"), List.of(3)))
                .containsExactly("Pair[x=3, square=9]");
    }

    @Test
    void whatAReferenceMeansIsPushed() throws Exception {
        all.push("one", 1);

        all.push("next", Reference.to("one + 1"));
        first.push("next", Reference.to("next * 10"));

        assertThat(all.<Integer>pull("next")).containsExactly(20, 2, 2);
    }

    @Test
    void aMissingNameIsToldWithItsEngine() throws Exception {
        assertThat(catchThrowableOfType(
                        NoSuchNameException.class, () -> first.apply((Object x) -> x, Reference.to("nowhere"))))
                .hasMessageContaining("engine 0")
                .hasMessageContaining("'nowhere'");
        assertThat(catchThrowableOfType(NoSuchNameException.class, () -> first.apply(Reference.to("nothing"), 1)))
                .hasMessageContaining("engine 0")
                .hasMessageContaining("'nothing'");
        assertThat(catchThrowableOfType(TextException.class, () -> first.apply(Reference.to("nowhere + 1"), 1)))
                .hasMessageContaining("engine 0: reference:1:1")
                .hasMessageContaining("nowhere + 1");
        assertThat(catchThrowableOfType(
                        CompositeException.class, () -> balanced.map(Reference.to("nobody"), List.of(1))))
                .hasMessageContaining("'nobody'");
    }

    @Test
    void whatIsNoFunctionIsToldSo() throws Exception {
        first.push("five", 5);
        first.execute("int minus(int x) { return -x; }");

        assertThat(catchThrowableOfType(TaskFailedException.class, () -> first.apply(Reference.to("five"), 1)))
                .hasMessageContaining("'five' is no function but of class java.lang.Integer");
        assertThat(catchThrowableOfType(TaskFailedException.class, () -> first.apply(Reference.to("minus"), "x")))
                .hasMessageContaining("engine 0: 'minus' takes (int), not (String)");
        assertThat(catchThrowableOfType(
                        IllegalArgumentException.class, () -> first.apply(Reference.to("minus"), 1, 2, 3, 4)))
                .hasMessageContaining("at most three");
        assertThat(catchThrowableOfType(
                        GridException.class, () -> first.apply((Object x) -> x, Reference.to("if (true) {}"))))
                .hasMessageContaining("has no value");
        assertThat(catchThrowableOfType(IllegalArgumentException.class, () -> Reference.to(" ")))
                .hasMessageContaining("blank");
    }

    @Test
    void anExceptionOfATextsMethodHasItsLines() throws Exception {
        first.execute("int dividing(int x) {\n    return 1 / x;\n}");

        TaskFailedException failed =
                catchThrowableOfType(TaskFailedException.class, () -> first.apply(Reference.to("dividing"), 0));

        assertThat(failed.getCause().getStackTrace()[0]).hasToString("text.dividing(text:2)");
    }
}
