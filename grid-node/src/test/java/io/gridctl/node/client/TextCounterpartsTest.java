package io.gridctl.node.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gridctl.DirectView;
import io.gridctl.Engine;
import io.gridctl.NamedValue;
import io.gridctl.Reference;
import io.gridctl.TextException;
import io.gridctl.function.RemoteFunction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What ipyparallel's tests of direct views show of text, shown here. A method without a class is in this one.
 *
 * <table>
 * <caption>test_view.py, the tests that use text or references</caption>
 * <tr><td>test_push_pull_function</td><td>aPushedFunctionIsCalledByATextAndPulledBack</td></tr>
 * <tr><td>test_push_function_globals</td><td>aFunctionOfATextSeesTheNamesOfItsEngine</td></tr>
 * <tr><td>test_push_function_defaults, test_func_default_func</td><td>does not apply: Java has no default arguments; a
 *     method of another number of arguments does it: {@link ReferenceTest}.aMethodOfATextIsCalledWithAnyNumberOfArguments
 *     </td></tr>
 * <tr><td>test_run_newline</td><td>aFileWithoutALastNewlineRuns</td></tr>
 * <tr><td>test_remote_reference</td><td>{@link ReferenceTest}.anArgumentIsWhatEachEngineHas</td></tr>
 * <tr><td>test_execute</td><td>{@link TextTest}.whatATextAssignsIsPulledAndReadByFunctions</td></tr>
 * <tr><td>test_importer, test_sync_imports</td><td>{@link SyncImportsTest}.classesAreKnownThereAndHere</td></tr>
 * <tr><td>test_sync_imports_quiet</td><td>{@link SyncImportsTest}.classesAreKnownThereAndHere: nothing is printed in any
 *     case</td></tr>
 * <tr><td>test_unicode_execute, test_unicode_apply_result, test_unicode_apply_arg</td><td>allOfUnicodeIsSafe</td></tr>
 * <tr><td>test_map_reference, test_map_ref</td><td>aMapOfTheViewTakesAReference,
 *     {@link ReferenceTest}.aMethodOfATextIsMappedWith</td></tr>
 * <tr><td>test_apply_reference</td><td>{@link ReferenceTest}.aLambdaOfATextIsCalledAndMappedWith</td></tr>
 * <tr><td>test_eval_reference</td><td>{@link ReferenceTest}.anArgumentIsAnyExpressionOfTheTexts</td></tr>
 * <tr><td>test_reference_nameerror</td><td>{@link ReferenceTest}.aMissingNameIsToldWithItsEngine</td></tr>
 * <tr><td>test_can_list_arg, test_can_dict_arg, test_can_list_kwarg, test_can_dict_kwarg</td>
 *     <td>{@link ReferenceTest}.referencesInCollectionsAndAmongSeveralArgumentsAreResolvedToo</td></tr>
 * <tr><td>test_execute_reply, test_execute_reply_stdout</td>
 *     <td>{@link TextTest}.theReplyHasTheValueOfTheLastExpressionAndWhatWasPrinted</td></tr>
 * <tr><td>test_execute_reply_rich, test_execute_displaypub, test_apply_displaypub, test_magic_pylab</td><td>does not apply:
 *     a terminal has no pictures; what is printed comes in order: {@link OutputTest}</td></tr>
 * <tr><td>test_execute_result</td><td>{@link TextTest}.theValueItselfIsFetchedWhenAskedFor</td></tr>
 * <tr><td>test_execute_silent</td><td>{@link TextTest}.aStatementHasNoValueAndNullIsOne</td></tr>
 * <tr><td>test_execute_magic</td><td>theNamesOfTextsAreListed</td></tr>
 * <tr><td>test_execute_raises</td><td>{@link TextTest}.aThrownExceptionHasTheLinesOfTheText</td></tr>
 * <tr><td>test_remoteerror_render_exception, test_compositeerror_render_exception,
 *     test_compositeerror_render_exception_truncate</td><td>{@link TextTest}.theSameErrorOfAllEnginesIsToldOnce</td></tr>
 * <tr><td>test_nested_getitem_setitem</td><td>aPartOfAValueIsReadAndSetByItsPath</td></tr>
 * <tr><td>test_return_namedtuple, test_apply_namedtuple</td>
 *     <td>{@link TravelledTextTest}.aRecordOfATextIsFetchedAsTextWithTheWayToIt,
 *     whatAFunctionGivesBackOfATextsClassesIsToldLikewise</td></tr>
 * </table>
 */
@ExtendWith(SharedGrid.class)
class TextCounterpartsTest {
    private final DirectView all = SharedGrid.grid().engines();
    private final Engine first = SharedGrid.grid().engine(0);

    @Test
    void aPushedFunctionIsCalledByATextAndPulledBack() throws Exception {
        RemoteFunction<Integer, Integer> tenfold = x -> 10 * x;
        all.push("tenfold", tenfold);

        assertThat(all.<Integer>evaluate("((RemoteFunction<Integer, Integer>) tenfold).apply(4)"))
                .containsOnly(40);
        assertThat(first.<RemoteFunction<Integer, Integer>>pull("tenfold").apply(5))
                .isEqualTo(50);
    }

    @Test
    void aFunctionOfATextSeesTheNamesOfItsEngine() throws Exception {
        assertThat(catchThrowableOfType(TextException.class, () -> first.execute("globalA * 2")))
                .hasMessageContaining("globalA");
        for (int id : all.ids()) {
            SharedGrid.grid().engine(id).push("globalA", 5 + id);
        }

        all.execute("int geta() { return globalA; }");

        assertThat(all.<Integer>apply(Reference.to("geta"))).containsExactly(5, 6, 7);
        first.push("globalA", 50);
        assertThat(first.<Integer>apply(Reference.to("geta"))).isEqualTo(50);
    }

    @Test
    void aFileWithoutALastNewlineRuns(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("Bare.jsh"), "int bare = 5;\nint barer() { return bare + 1; }");

        all.run(file);

        assertThat(all.<Integer>evaluate("barer()")).containsOnly(6);
    }

    @Test
    void allOfUnicodeIsSafe() throws Exception {
        String letters = "aßü€ 漢字 \uD83D\uDE00";

        all.execute("String größe = \"" + letters + "\"; System.out.print(größe);");

        assertThat(all.<String>pull("größe")).containsOnly(letters);
        assertThat(first.execute("System.out.print(größe)").stdout()).isEqualTo(letters);
        first.execute("String echo(String x) { return größe + x; }");
        assertThat(first.<String>apply(Reference.to("echo"), letters)).isEqualTo(letters + letters);
    }

    @Test
    void aMapOfTheViewTakesAReference() throws Exception {
        all.execute("int factor = 3; int scaled(int x) { return factor * x; }");

        assertThat(all.<Integer>map(Reference.to("scaled"), List.of(1, 2, 3, 4, 5, 6, 7)))
                .containsExactly(3, 6, 9, 12, 15, 18, 21);
    }

    @Test
    void theNamesOfTextsAreListed() throws Exception {
        first.execute("int listed = 3; String other = \"x\";");

        assertThat(first.names()).extracting(NamedValue::name).contains("listed", "other");
    }

    @Test
    void aPartOfAValueIsReadAndSetByItsPath() throws Exception {
        all.execute("class Box { int b = 1; } Box box = new Box();");

        all.execute("box.b = 2;");

        assertThat(all.<Integer>evaluate("box.b")).containsOnly(2);
        assertThat(all.apply((Integer b) -> b + 1, Reference.to("box.b"))).containsOnly(3);
    }
}
