package io.gridctl.node.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gridctl.CompositeException;
import io.gridctl.DirectView;
import io.gridctl.Engine;
import io.gridctl.TaskFailedException;
import io.gridctl.TextException;
import io.gridctl.TextReply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Code given as text. What texts declare stays, so each test has names of its own. */
@ExtendWith(SharedGrid.class)
class TextTest {
    private final DirectView all = SharedGrid.grid().engines();
    private final Engine first = SharedGrid.grid().engine(0);

    @Test
    void theReplyHasTheValueOfTheLastExpressionAndWhatWasPrinted() throws Exception {
        List<TextReply> replies =
                all.execute("System.out.println(\"ciao\"); System.err.println(\"oh\"); new int[][] {{1, 2}, {3}}");

        assertThat(replies).extracting(TextReply::engineId).containsExactly(0, 1, 2);
        assertThat(replies).allSatisfy(reply -> {
            assertThat(reply.value()).hasValue("[[1, 2], [3]]");
            assertThat(reply.typeName()).isEqualTo("int[][]");
            assertThat(reply.stdout()).isEqualTo("ciao\n");
            assertThat(reply.stderr()).isEqualTo("oh\n");
            assertThat(reply.warnings()).isEmpty();
        });
    }

    @Test
    void aStatementHasNoValueAndNullIsOne() throws Exception {
        assertThat(first.execute("int none = 1;").value()).isEmpty();
        assertThat(first.execute("if (none > 0) none++;").value()).isEmpty();
        assertThat(first.execute("System.out.print(none)").value()).isEmpty();
        assertThat(first.execute("").value()).isEmpty();
        assertThat(first.execute("(String) null").value()).hasValue("null");
        assertThat(first.execute("\"none\"").value()).hasValue("\"none\"");
    }

    @Test
    void declarationsStayForLaterTexts() throws Exception {
        all.execute("import java.time.Duration;");
        all.execute("""
                record Leg(String from, String to, Duration takes) {}

                Duration sum(List<Leg> legs) {
                    return legs.stream().map(Leg::takes).reduce(Duration.ZERO, Duration::plus);
                }
                """);

        List<TextReply> replies = all.execute(
                "sum(List.of(new Leg(\"a\", \"b\", Duration.ofHours(1)), new Leg(\"b\", \"c\", Duration.ofHours(2))))");

        assertThat(replies).allSatisfy(reply -> assertThat(reply.value()).hasValue("PT3H"));
    }

    @Test
    void whatIsDeclaredAgainReplacesWhatWas() throws Exception {
        first.execute("int half(int x) { return x / 2; } int quarter(int x) { return half(half(x)); }");
        assertThat(first.<Integer>evaluate("quarter(12)")).isEqualTo(3);

        first.execute("int half(int x) { return x / 2 + 100; }");
        assertThat(first.<Integer>evaluate("quarter(12)")).isEqualTo(153);

        first.execute("record Shape(int sides) {}");
        first.execute("record Shape(int sides, String colour) {}");
        assertThat(first.execute("new Shape(3, \"red\")").value()).hasValue("Shape[sides=3, colour=red]");
    }

    @Test
    void theSameStatementMayStandTwiceInALine() throws Exception {
        assertThat(first.execute("System.out.println(1); System.out.println(1); {} {} ;;")
                        .stdout())
                .isEqualTo("1\n1\n");
    }

    @Test
    void aTextMayAssert() throws Exception {
        first.execute("int positive = 3; assert positive > 0;");

        assertThat(first.<Integer>evaluate(
                        "int checked = switch (positive) { case 3: assert positive > 0; yield 4; default: yield 5; };"
                                + " checked + positive"))
                .isEqualTo(7);
        assertThat(first.<Integer>pull("checked")).isEqualTo(4);
    }

    @Test
    void aClassOfATextIsShownByTheNameThatTheTextGave() throws Exception {
        TaskFailedException failed = catchThrowableOfType(
                TaskFailedException.class,
                () -> first.execute("class Refused extends RuntimeException { Refused(String why) { super(why); } }"
                        + " throw new Refused(\"no\");"));

        assertThat(failed.remoteClassName()).isEqualTo("Refused");
        assertThat(failed).hasMessageContaining("Refused: no").hasMessageNotContaining("REPL");
        assertThat(first.execute("class Plain {} new Plain()").value())
                .hasValueSatisfying(shown -> assertThat(shown).startsWith("Plain@"));
        assertThat(first.execute("interface Way { int go(); } Way way = () -> 1;")
                        .warnings())
                .singleElement()
                .asString()
                .contains("A function typed Way is");
    }

    @Test
    void theValueItselfIsFetchedWhenAskedFor() throws Exception {
        assertThat(all.<List<Integer>>evaluate("IntStream.range(0, 3).boxed().toList()"))
                .containsExactly(List.of(0, 1, 2), List.of(0, 1, 2), List.of(0, 1, 2));
        assertThat(first.<Object>evaluate("int unasked = 3;")).isNull();
    }

    @Test
    void aPushedNameIsAVariableOfItsOwnType() throws Exception {
        all.push("count", 5);
        all.push("matrix", new double[][] {{1, 2}, {3, 4}});
        all.push("words", new java.util.ArrayList<>(List.of("one", "three")));
        all.push("fixed", List.of(1L, 2L));

        assertThat(first.execute("count + 27").typeName()).isEqualTo("int");
        assertThat(first.<Double>evaluate("matrix[1][0] + count")).isEqualTo(8.0);
        assertThat(first.<Integer>evaluate(
                        "int letters = 0; for (String word : words) letters += word.length(); letters"))
                .isEqualTo(8);
        assertThat(first.execute("fixed").typeName()).isEqualTo("List<Long>");
        assertThat(first.execute("words").typeName()).isEqualTo("ArrayList<String>");
    }

    @Test
    void aNameThatIsPushedWithAnotherTypeHasThatType() throws Exception {
        all.push("turn", 5);
        all.execute("int next() { return turn + 1; }");
        all.push("turn", 6);
        assertThat(first.<Integer>evaluate("next()")).isEqualTo(7);

        all.push("turn", "left");

        assertThat(first.<Integer>evaluate("turn.length()")).isEqualTo(4);
        all.push("turn", 7);
        assertThat(first.<Integer>evaluate("next()")).isEqualTo(8);
    }

    @Test
    void aListThatIsPushedWithOtherElementsIsOfTheirType() throws Exception {
        first.push("held", List.of(1, "one"));
        assertThat(first.execute("held").typeName()).isEqualTo("List");

        first.push("held", List.of("one", "three"));
        assertThat(first.<Integer>evaluate("held.get(1).length()")).isEqualTo(5);

        first.push("held", List.of(2, 3));
        assertThat(first.<Integer>evaluate("held.get(1) + 1")).isEqualTo(4);
    }

    @Test
    void whatATextAssignsIsPulledAndReadByFunctions() throws Exception {
        all.execute(
                "int assigned = 1; var squares = new TreeMap<String, int[]>(); squares.put(\"a\", new int[] {1, 4});");

        assertThat(all.<Integer>pull("assigned")).containsExactly(1, 1, 1);
        assertThat(first.<java.util.TreeMap<String, int[]>>pull("squares").get("a"))
                .containsExactly(1, 4);
        assertThat(all.<Integer>apply(ns -> ns.<Integer>get("assigned") + 1)).containsExactly(2, 2, 2);

        all.execute("assigned += 10; squares.get(\"a\")[1]++;");

        assertThat(all.<Integer>pull("assigned")).containsExactly(11, 11, 11);
        assertThat(first.<java.util.TreeMap<String, int[]>>pull("squares").get("a"))
                .containsExactly(1, 5);
    }

    @Test
    void whatAMethodOrALambdaOfAnEarlierTextChangesIsSeenToo() throws Exception {
        first.execute("int[] hits = new int[2]; int misses = 0;");
        first.execute("void hit(int at) { hits[at]++; } Runnable miss = () -> misses++;");

        first.execute("hit(1); miss.run();");

        assertThat(first.<int[]>pull("hits")).containsExactly(0, 1);
        assertThat(first.<Integer>pull("misses")).isEqualTo(1);
    }

    @Test
    void whatAFunctionPutsATextReads() throws Exception {
        first.run(ns -> ns.put("shared", new java.util.ArrayList<>(List.of(1))));

        first.execute("shared.add(2);");
        first.run(ns -> ns.update("shared", (java.util.ArrayList<Integer> list) -> {
            list.add(3);
            return list;
        }));

        assertThat(first.<List<Integer>>evaluate("shared.add(4); shared")).containsExactly(1, 2, 3, 4);
        assertThat(first.<List<Integer>>pull("shared")).containsExactly(1, 2, 3, 4);
    }

    @Test
    void aRemovedNameIsNoVariableAnyMore() throws Exception {
        first.execute("int brief = 1;");

        first.remove("brief");

        assertThat(catchThrowableOfType(TextException.class, () -> first.execute("brief")))
                .hasMessageContaining("variable brief");
    }

    @Test
    void aTextIsInvalidAsAWhole() throws Exception {
        TextException invalid = catchThrowableOfType(
                TextException.class,
                () -> first.execute("int begun = 3;\nSystem.out.println(begun);\n  int wrong = missing + 1;\n"));

        assertThat(invalid.engineId()).isZero();
        assertThat(invalid.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.line()).isEqualTo(3);
            assertThat(problem.column()).isEqualTo(15);
            assertThat(problem.source()).isEqualTo("  int wrong = missing + 1;");
            assertThat(problem.message()).contains("cannot find symbol").contains("missing");
        });
        assertThat(invalid)
                .hasMessageContaining("engine 0")
                .hasMessageContaining("text:3:15")
                .hasMessageContaining("int wrong");
        assertThat(catchThrowableOfType(TextException.class, () -> first.execute("begun")))
                .isNotNull();
    }

    @Test
    void anInvalidTextLeavesWhatItWouldHaveReplaced() throws Exception {
        first.execute("int same = 1; int twice(int x) { return 2 * x; }");

        assertThatThrownBy(
                        () -> first.execute("String same = \"\"; int twice(int x) { return 3 * x; } int x = nowhere;"))
                .isInstanceOf(TextException.class);

        assertThat(first.<Integer>evaluate("same + twice(4)")).isEqualTo(9);
    }

    @Test
    void aThrownExceptionHasTheLinesOfTheText() throws Exception {
        first.execute("int divide(int x, int y) {\n    int z = x;\n    return z / y;\n}");

        TaskFailedException failed = catchThrowableOfType(
                TaskFailedException.class, () -> first.execute("int before = 1;\n\n\nbefore = divide(1, 0);"));

        assertThat(failed.getCause()).isInstanceOf(ArithmeticException.class);
        assertThat(failed.getCause().getStackTrace())
                .extracting(StackTraceElement::toString)
                .containsExactly("text.divide(text:3)", "text.run(text:4)");
        assertThat(first.<Integer>pull("before")).isEqualTo(1);
    }

    @Test
    void theSameErrorOfAllEnginesIsToldOnce() {
        CompositeException invalid = catchThrowableOfType(CompositeException.class, () -> all.execute("nobodyKnows()"));
        CompositeException failed =
                catchThrowableOfType(CompositeException.class, () -> all.execute("Integer.parseInt(\"x\")"));

        assertThat(invalid.failures()).hasSize(3).allMatch(failure -> failure instanceof TextException);
        assertThat(invalid).hasMessageContaining("engines 0, 1, 2: text:1:1: cannot find symbol");
        assertThat(invalid.getMessage().split("nobodyKnows\\(\\)", -1)).hasSizeLessThanOrEqualTo(3);
        assertThat(failed).hasMessageContaining("engines 0, 1, 2: java.lang.NumberFormatException");
        assertThat(failed.getMessage().split("NumberFormatException", -1)).hasSize(2);
    }

    @Test
    void aFileRunsUnderItsName(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(
                folder.resolve("Setup.jsh"), "int fromFile = 4;\nfromFile = fromFile / (fromFile - 4);\n");

        TaskFailedException failed = catchThrowableOfType(TaskFailedException.class, () -> first.run(file));

        assertThat(failed.getCause().getStackTrace()[0]).hasToString("text.run(Setup.jsh:2)");
        assertThat(catchThrowableOfType(IllegalArgumentException.class, () -> first.run(folder.resolve("absent.jsh"))))
                .hasMessageContaining("absent.jsh");
    }

    @Test
    void aValueThatCannotBeStoredStaysOnItsEngine() throws Exception {
        TextReply reply = first.execute("Thread worker = new Thread(() -> {});");

        assertThat(reply.warnings()).singleElement().asString().contains("'worker' stays on this engine");
        assertThat(first.execute("worker.isAlive()").value()).isEqualTo(Optional.of("false"));
    }

    @Test
    void aRecordOfATextIsStoredAndReadAgain() throws Exception {
        first.execute("record Coin(int cents) {} var coins = new ArrayList<>(List.of(new Coin(5)));");
        assertThat(first.names()).extracting("name").contains("coins");

        first.execute("coins.add(new Coin(50));");

        assertThat(first.<Integer>evaluate("coins.stream().mapToInt(Coin::cents).sum()"))
                .isEqualTo(55);
        assertThat(first.<Integer>apply(ns -> ns.<List<?>>get("coins").size())).isEqualTo(2);
    }

    @Test
    void aTextMayUseItsNamespace() throws Exception {
        assertThat(first.<Integer>evaluate(
                        "Namespace.current().put(\"byName\", 3); Namespace.current().<Integer>get(\"byName\") + 1"))
                .isEqualTo(4);
        assertThat(first.<Integer>evaluate("byName * 2")).isEqualTo(6);
    }

    @Test
    void classesOfTheProgramCanBeUsed() throws Exception {
        first.push("rex", new Dog("Rex"));

        assertThat(first.<String>evaluate("rex.bark()")).isEqualTo("Rex: woof");
        assertThat(first.<String>evaluate("import io.gridctl.node.client.Dog;\nDog ben = new Dog(\"Ben\"); ben.bark()"))
                .isEqualTo("Ben: woof");
        assertThat(first.<Dog>pull("ben").bark()).isEqualTo("Ben: woof");
    }
}
