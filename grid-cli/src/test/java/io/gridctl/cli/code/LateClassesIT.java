package io.gridctl.cli.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gridctl.Grid;
import io.gridctl.TaskFailedException;
import io.gridctl.cli.code.SharedEngines.Engines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Classes that nothing in a class file leads to, and classes that nobody has. */
@ExtendWith(SharedEngines.class)
class LateClassesIT {
    private static final String HIDDEN = """
            package late;
            public class Hidden {
                public static int value() { return Further.VALUE + Hidden2.value(); }
            }
            class Further { static final Integer VALUE = 40; }
            class Hidden2 { static int value() { return 2; } }
            """;
    private static final String PLUGIN = """
            package late;
            public class Plugin implements Runnable {
                public void run() { System.setProperty("late.plugin", "ran " + new Part().name()); }
                class Part { String name() { return "part"; } }
            }
            """;
    private static final String GONE = """
            package late;
            public class Gone { public static int value() { return 1; } }
            """;
    private static final String MAIN = """
            package late;
            import io.gridctl.*;
            import io.gridctl.function.*;
            import java.util.*;
            import java.util.stream.*;
            public class Main {
                static String name(String last) { return new StringBuilder("late").append('.').append(last).toString(); }

                public static Object byComputedName(Grid grid) throws Exception {
                    return grid.engine(0).apply(() -> Class.forName(name("Hidden")).getMethod("value").invoke(null));
                }
                public static Object deepInTheTask(Grid grid) throws Exception {
                    return grid.engine(0).apply(() -> deep(50));
                }
                static String deep(int depth) throws Exception {
                    if (depth > 0) { return deep(depth - 1); }
                    ((Runnable) Class.forName(name("Plugin")).getConstructor().newInstance()).run();
                    return System.getProperty("late.plugin");
                }
                /** One slot each; all engines, in many tasks at once. */
                public static Object byManyTasksAtOnce(Grid grid) throws Exception {
                    List<Object> values = grid.loadBalanced().map(x -> Class.forName(name("Hidden")).getMethod("value").invoke(null),
                            IntStream.range(0, 200).boxed().toList());
                    return values.size() + " " + new HashSet<>(values);
                }
                public static Object afterALongTime(Grid grid) throws Exception {
                    return grid.engine(1).apply(() -> {
                        java.util.concurrent.locks.LockSupport.parkNanos(100_000_000);
                        return Class.forName(name("Hidden")).getMethod("value").invoke(null);
                    });
                }
                /** Many threads of one task want different classes. */
                public static Object byThreadsOfATask(Grid grid) throws Exception {
                    return grid.engine(1).apply(() -> {
                        ClassLoader loader = Main.class.getClassLoader();
                        return IntStream.range(0, 60).parallel().mapToObj(i -> {
                            try { return Class.forName(name(i % 2 == 0 ? "Hidden" : "Absent" + i), true, loader).getSimpleName(); }
                            catch (ClassNotFoundException e) { return "none"; }
                        }).collect(Collectors.groupingBy(x -> x, TreeMap::new, Collectors.counting())).toString();
                    });
                }
                public static Object whileInterrupted(Grid grid) throws Exception {
                    return grid.engine(1).apply(() -> {
                        Thread.currentThread().interrupt();
                        Object type = Class.forName(name("Interrupted")).getSimpleName();
                        return type + " " + Thread.interrupted();
                    });
                }
                static class Interrupted {}
                public static Object nowhere(Grid grid) throws Exception {
                    return grid.engine(0).apply(() -> Class.forName(name("Nowhere")).getName());
                }
                public static Object goneSinceItWasCompiled(Grid grid) throws Exception {
                    return grid.engine(0).apply(() -> Gone.value());
                }
                public static Object optionalLibraries(Grid grid) throws Exception {
                    return grid.engine(0).apply(() -> {
                        int found = 0;
                        for (int i = 0; i < 1000; i++) {
                            try { Class.forName(name("Optional" + i % 20)); found++; } catch (ClassNotFoundException expected) { }
                        }
                        return found;
                    });
                }
            }
            """;

    private static UserProgram program;

    @BeforeAll
    static void compile(@TempDir Path folder) throws IOException {
        program = UserProgram.compile(
                folder,
                HIDDEN,
                PLUGIN,
                GONE,
                MAIN.replace("static class Interrupted {}", ""),
                "package late; public class Interrupted {}");
        Files.delete(program.classes().resolve("late/Gone.class"));
    }

    @AfterAll
    static void close() throws IOException {
        program.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "byComputedName | 42",
                "deepInTheTask | ran part",
                "byManyTasksAtOnce | 200 [42]",
                "afterALongTime | 42",
                "byThreadsOfATask | {Hidden=30, none=30}",
                "whileInterrupted | Interrupted true",
                "optionalLibraries | 0"
            })
    void aClassIsFound(String method, String result, Engines engines) throws Exception {
        try (Grid grid = engines.connect()) {
            assertThat(program.call("late.Main", method, grid)).hasToString(result);
        }
    }

    @Test
    void aClassThatExistsNowhereIsASentence(Engines engines) throws Exception {
        try (Grid grid = engines.connect()) {
            assertThatThrownBy(() -> program.call("late.Main", "nowhere", grid))
                    .isInstanceOf(TaskFailedException.class)
                    .cause()
                    .isInstanceOf(ClassNotFoundException.class)
                    .message()
                    .matches("late\\.Nowhere: the client of program [0-9a-f]{8} was asked for it and has no such class,"
                            + " and the grid holds none");
        }
    }

    @Test
    void aClassThatIsGoneSinceItWasCompiledIsASentence(Engines engines) throws Exception {
        try (Grid grid = engines.connect()) {
            assertThatThrownBy(() -> program.call("late.Main", "goneSinceItWasCompiled", grid))
                    .isInstanceOf(TaskFailedException.class)
                    .cause()
                    .isInstanceOf(NoClassDefFoundError.class)
                    .hasMessageContaining("late/Gone")
                    .cause()
                    .hasMessageContaining("was asked for it and has no such class");
        }
    }

    @Test
    void whatWasMissingIsFoundOnceTheProgramHasIt(@TempDir Path folder, Engines engines) throws Exception {
        String probe = """
                package grows;
                import io.gridctl.*;
                public class Main {
                    public static Object probe(Grid grid) throws Exception {
                        return grid.engine(0).apply(() -> {
                            try { return Class.forName("grows.La" + "ter").getSimpleName(); }
                            catch (ClassNotFoundException e) { return "missing"; }
                        });
                    }
                }
                """;
        String other = """
                package grows;
                import io.gridctl.*;
                public class Other {
                    public static Object use(Grid grid) throws Exception { return grid.engine(0).apply(() -> new Helper().toString()); }
                    static class Helper { public String toString() { return "helped"; } }
                }
                """;
        try (UserProgram grows = UserProgram.compile(folder, probe, other);
                Grid grid = engines.connect()) {
            assertThat(grows.call("grows.Main", "probe", grid)).isEqualTo("missing");
            try (UserProgram later =
                    UserProgram.compile(folder.resolve("later"), "package grows; public class Later {}")) {
                Files.copy(
                        later.classes().resolve("grows/Later.class"),
                        grows.classes().resolve("grows/Later.class"));
            }
            assertThat(grows.call("grows.Main", "probe", grid)).isEqualTo("missing");
            assertThat(grows.call("grows.Other", "use", grid)).isEqualTo("helped");

            assertThat(grows.call("grows.Main", "probe", grid)).isEqualTo("Later");
        }
    }
}
