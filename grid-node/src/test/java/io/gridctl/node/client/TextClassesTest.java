package io.gridctl.node.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.gridctl.Engine;
import io.gridctl.GridMemory;
import io.gridctl.TaskFailedException;
import java.lang.management.ClassLoadingMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What texts leave behind at an engine. */
@ExtendWith(SharedGrid.class)
@Timeout(120)
class TextClassesTest {
    /** More than stay for texts that are run again. */
    private static final int TEXTS = 120;

    private final Engine engine = SharedGrid.grid().engine(0);

    private static int classes() throws Exception {
        return SharedGrid.grid().memory().engines().stream()
                .flatMap(each -> each.loadedClasses().stream())
                .mapToInt(GridMemory.ProgramClasses::classes)
                .sum();
    }

    @Test
    void textsThatDeclareNothingNewLeaveNoClass() throws Exception {
        engine.execute("int count = 0; 1");
        ClassLoadingMXBean loading = ManagementFactory.getClassLoadingMXBean();
        long unloaded = loading.getUnloadedClassCount();
        int before = classes();

        for (int i = 0; i < TEXTS; i++) {
            assertThat(engine.<Integer>evaluate("int count = " + i + "; for (int j : List.of(1, 2)) count += j; count"))
                    .isEqualTo(i + 3);
        }

        assertThat(classes()).isEqualTo(before);
        await().untilAsserted(() -> {
            System.gc();
            assertThat(loading.getUnloadedClassCount() - unloaded).isGreaterThan(TEXTS / 4);
        });
    }

    @Test
    void aFunctionOfAPassingTextThatIsKeptIsThereForAll() throws Exception {
        engine.execute("Map<String, Function<Integer, Integer>> kept = new HashMap<>();");
        engine.execute("kept.put(\"next\", x -> x + 1);");

        assertThat(engine.<Integer>evaluate("kept.get(\"next\").apply(1)")).isEqualTo(2);
        assertThat(engine.<Integer>evaluate("record Kept(int size) {} kept.clear(); new Kept(3).size()"))
                .isEqualTo(3);
    }

    @Test
    void textsSeeOfEachOtherWhatIsNotPrivate() throws Exception {
        engine.execute("abstract class Shape { int sides; protected int turns; abstract int area(); int twice() {"
                + " return 2 * area(); } }");
        engine.execute("class Square extends Shape { int area() { return sides * sides; } protected Object clone() {"
                + " return this; } }");

        assertThat(engine.<Integer>evaluate("var square = new Square(); square.sides = 3; square.turns++;"
                        + " ((Square) square.clone()).twice() + square.turns"))
                .isEqualTo(19);
    }

    @Test
    void theSameLinesElsewhereInATextHaveTheirOwnNumbers() {
        assertThat(failedAt("int zero = 0;\nint part = 1 / zero;")).isEqualTo(2);
        assertThat(failedAt("int zero = 0;\n\n\nint part = 1 / zero;")).isEqualTo(4);
    }

    private int failedAt(String text) {
        TaskFailedException failed = catchThrowableOfType(TaskFailedException.class, () -> engine.execute(text));
        return failed.getCause().getStackTrace()[0].getLineNumber();
    }
}
