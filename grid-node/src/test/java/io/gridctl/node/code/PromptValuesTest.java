package io.gridctl.node.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.gridctl.AsyncResult;
import io.gridctl.Grid;
import io.gridctl.function.RemoteCallable;
import io.gridctl.node.sweep.ShippingGrid;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What JShell makes of a variable and a lambda that reads it, on an engine whose slots run at the same time. */
@Timeout(60)
class PromptValuesTest {
    private static final int TASKS = 60;
    private static final String LINES = """
            package REPL;
            class $JShell$11 {
                public static volatile int x;
            }
            class $JShell$12 {
                static Object function() {
                    io.gridctl.function.RemoteCallable<String> f = () -> {
                        java.util.Set<Integer> seen = new java.util.TreeSet<>();
                        for (int i = 0; i < 20; i++) {
                            seen.add($JShell$11.x);
                            java.util.concurrent.locks.LockSupport.parkNanos(100_000);
                        }
                        return seen.toString();
                    };
                    return f;
                }
            }
            """;
    private static final String MAIN = """
            package REPL;
            public class Main {
                public static Object next() { return ++$JShell$11.x; }
                public static Object function() { return $JShell$12.function(); }
            }
            """;

    @Test
    @SuppressWarnings("unchecked")
    void eachTaskSeesTheValuesThatItWasSentWith(@TempDir Path folder) throws Exception {
        ClassLoader program = UserCode.compile(folder, LINES, MAIN);
        try (ShippingGrid nodes = new ShippingGrid(1, 3);
                Grid grid = nodes.connect()) {
            RemoteCallable<String> function = (RemoteCallable<String>) UserCode.call(program, "REPL.Main", "function");
            List<AsyncResult<String>> results = new ArrayList<>();
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < TASKS; i++) {
                // Two in a row have the same value, and may run at the same time.
                if (i % 2 == 0) {
                    UserCode.call(program, "REPL.Main", "next");
                }
                expected.add("[" + (i / 2 + 1) + "]");
                results.add(grid.engine(0).applyAsync(function));
            }

            for (int i = 0; i < TASKS; i++) {
                assertThat(results.get(i).await()).isEqualTo(expected.get(i));
            }
        }
    }

    /** JShell calls what it makes of a line the same here and there: by numbers from 1. */
    @Test
    @SuppressWarnings("unchecked")
    void classesOfAPromptAreNotTakenForThoseOfTexts(@TempDir Path folder) throws Exception {
        int many = 60;
        StringBuilder lines = new StringBuilder("package REPL;\n");
        StringBuilder sum = new StringBuilder("0");
        for (int line = 1; line <= many; line++) {
            lines.append("class $JShell$").append(line).append(" { static int one = 1; }\n");
            sum.append(" + $JShell$").append(line).append(".one");
        }
        lines.append("class $JShell$0 { static Object function() {\n")
                .append("    io.gridctl.function.RemoteCallable<Integer> f = () -> ")
                .append(sum)
                .append(";\n    return f; } }\n");
        String main = MAIN.replace("++$JShell$11.x", "0").replace("$JShell$12", "$JShell$0");
        ClassLoader program = UserCode.compile(folder, lines.toString(), main);
        try (ShippingGrid nodes = new ShippingGrid(1, 1);
                Grid grid = nodes.connect()) {
            RemoteCallable<Integer> function =
                    (RemoteCallable<Integer>) UserCode.call(program, "REPL.Main", "function");
            assertThat(grid.engine(0).apply(function)).isEqualTo(many);

            grid.engine(0).execute("int a = 41;");

            assertThat(grid.engine(0).<Integer>evaluate("a + 1")).isEqualTo(42);
        }
    }
}
