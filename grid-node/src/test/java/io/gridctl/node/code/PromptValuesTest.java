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
}
