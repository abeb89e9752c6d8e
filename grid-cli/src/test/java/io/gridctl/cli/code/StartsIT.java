package io.gridctl.cli.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.gridctl.cli.Gridctl;
import io.gridctl.cli.Gridctl.Result;
import io.gridctl.cli.code.SharedEngines.Engines;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** One program, started in every way that programs are started. */
@ExtendWith(SharedEngines.class)
class StartsIT {
    private static final String HELPER = """
            package starts.inner;
            public class Helper { public static int twice(int x) { return 2 * x; } }
            """;
    private static final String NAMED = """
            package starts;
            public class Named { public static String text() { return "by name"; } }
            """;
    private static final String MAIN = """
            package starts;
            import io.gridctl.Grid;
            import java.util.*;
            import org.apache.commons.math3.util.ArithmeticUtils;
            import org.apache.commons.math3.exception.util.LocalizedFormats;
            import starts.inner.Helper;
            public class Main {
                record Part(int from) { int value() { return Helper.twice(from); } }
                public static void main(String[] args) throws Exception {
                    try (Grid grid = Grid.connect()) {
                        System.out.println("sum " + grid.loadBalanced().map(Part::value, List.of(new Part(1), new Part(2))));
                        System.out.println("library " + grid.engine(0).apply(() -> ArithmeticUtils.gcd(12, 18)));
                        System.out.println("resource " + grid.engine(1).apply(() -> LocalizedFormats.NOT_POSITIVE_DEFINITE_MATRIX.getLocalizedString(Locale.FRENCH).length() > 10));
                        System.out.println("name " + grid.engine(1).apply(() -> Class.forName("starts.Na" + "med").getMethod("text").invoke(null)));
                        System.out.println("own " + grid.engine(1).apply(() -> {
                            try (var in = Main.class.getResourceAsStream("/own.txt")) { return new String(in.readAllBytes()); }
                        }));
                    }
                }
            }
            """;
    private static final String EXPECTED = """
            sum [2, 4]
            library 6
            resource true
            name by name
            own text of the program
            """;
    private static final String MAIN_CLASS = "starts.Main";

    /** What the lines at the prompt print, wherever the prompt itself stands. */
    private static final Pattern SAID = Pattern.compile(
            "(plain|var|variables|changed|edited|class|class edited|beneath edited|record|map|refused) .*");

    private static Path folder;
    private static UserProgram program;

    @BeforeAll
    static void compile(@TempDir Path temporary) throws IOException {
        folder = temporary;
        program = UserProgram.compile(folder, List.of(Libraries.COMMONS_MATH), HELPER, NAMED, MAIN);
        Files.writeString(program.classes().resolve("own.txt"), "text of the program");
    }

    @AfterAll
    static void close() throws IOException {
        program.close();
    }

    /** The jars that a program needs to reach a grid, as they are installed. */
    private static List<Path> gridJars() throws IOException {
        Path library = Gridctl.library();
        try (Stream<Path> jars = Files.list(library)) {
            return jars.filter(jar -> jar.toString().endsWith(".jar")).sorted().toList();
        }
    }

    private static String join(Stream<Path> paths) {
        return String.join(File.pathSeparator, paths.map(Path::toString).toList());
    }

    private static String run(Engines engines, String... arguments) throws IOException, InterruptedException {
        try (ClientProcess client = ClientProcess.java(engines, folder, arguments)) {
            return client.await();
        }
    }

    @Test
    void aFolderOfClasses(Engines engines) throws Exception {
        String path = join(Stream.concat(Stream.of(program.classes(), Libraries.COMMONS_MATH), gridJars().stream()));

        assertThat(run(engines, "-cp", path, MAIN_CLASS)).endsWith(EXPECTED);
    }

    @Test
    void aJarBesideItsLibraries(Engines engines) throws Exception {
        Path jar = Jars.of(folder.resolve("plain.jar"), program.classes());
        String path = join(Stream.concat(Stream.of(jar, Libraries.COMMONS_MATH), gridJars().stream()));

        assertThat(run(engines, "-cp", path, MAIN_CLASS)).endsWith(EXPECTED);
    }

    @Test
    void aFatJar(Engines engines) throws Exception {
        List<Path> libraries = Stream.concat(Stream.of(Libraries.COMMONS_MATH), gridJars().stream())
                .toList();
        Path jar = Jars.fat(folder.resolve("fat.jar"), program.classes(), libraries, MAIN_CLASS);

        assertThat(run(engines, "-jar", jar.toString())).endsWith(EXPECTED);
    }

    @Test
    void aSpringBootJar(Engines engines) throws Exception {
        List<Path> libraries = Stream.concat(Stream.of(Libraries.COMMONS_MATH), gridJars().stream())
                .toList();
        Path jar = Jars.springBoot(
                folder.resolve("boot.jar"), program.classes(), libraries, Libraries.SPRING_BOOT_LOADER, MAIN_CLASS);

        assertThat(run(engines, "-jar", jar.toString())).endsWith(EXPECTED);
    }

    @Test
    void gridctlRunOfASourceFile(Engines engines) throws Exception {
        Path source = Files.writeString(folder.resolve("Single.java"), """
                import io.gridctl.Grid;
                import java.util.*;
                public class Single {
                    record Part(int from) { int value() { return Other.twice(from); } }
                    public static void main(String[] args) throws Exception {
                        try (Grid grid = Grid.connect()) {
                            System.out.println(grid.loadBalanced().map(Part::value, List.of(new Part(1), new Part(2)))
                                    + grid.engine(0).apply(() -> Class.forName("Na" + "med").getSimpleName()));
                        }
                    }
                }
                class Other { static int twice(int x) { return 2 * x; } }
                class Named {}
                """);

        Result result = engines.gridctl().run("run", source.toString());

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).isEqualTo("[2, 4]Named\n");
    }

    @Test
    void aJUnitTest(Engines engines) throws Exception {
        try (UserProgram test = UserProgram.compile(folder.resolve("junit"), """
                package starts;
                import static org.junit.jupiter.api.Assertions.assertEquals;
                import static org.assertj.core.api.Assertions.assertThat;
                import io.gridctl.Grid;
                import org.junit.jupiter.api.*;
                public class SomeTest {
                    record Part(int from) {}
                    private int field = 3;
                    @Test void computes() throws Exception {
                        try (Grid grid = Grid.connect()) {
                            int added = grid.engine(0).apply((Part part) -> part.from() + 1, new Part(4));
                            int assertedThere = grid.engine(0).apply(() -> { assertEquals(2, 1 + 1); assertThat(5).isPositive(); return 1; });
                            assertEquals(6, added + assertedThere);
                            System.out.println("the test has run");
                        }
                    }
                    public static void main(String[] args) {
                        var listener = new org.junit.platform.launcher.listeners.SummaryGeneratingListener();
                        org.junit.platform.launcher.core.LauncherFactory.create().execute(
                                org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder.request()
                                        .selectors(org.junit.platform.engine.discovery.DiscoverySelectors.selectClass(SomeTest.class)).build(), listener);
                        listener.getSummary().printFailuresTo(new java.io.PrintWriter(System.out));
                        System.out.println("passed " + listener.getSummary().getTestsSucceededCount());
                    }
                }
                """)) {
            String path = test.classes() + File.pathSeparator + System.getProperty("java.class.path");

            assertThat(run(engines, "-cp", path, "starts.SomeTest")).endsWith("the test has run\npassed 1\n");
        }
    }

    @Test
    void linesAtAJShellPrompt(Engines engines) throws Exception {
        Path jshell = Path.of(System.getProperty("gridctl.java")).resolveSibling("jshell");
        List<String> command = List.of(
                jshell.toString(),
                "-s",
                "--class-path",
                join(gridJars().stream()),
                "-R-Xmx256m",
                // Its history would go to the user's home.
                "-J-Djava.util.prefs.userRoot=" + folder);
        String lines = """
                import io.gridctl.*;
                import io.gridctl.function.*;
                Grid grid = Grid.connect();
                System.out.println("plain " + grid.engine(0).apply(() -> 6 * 7));
                int factor = 5;
                var computed = grid.engine(0).apply(() -> factor + 1);
                System.out.println("var " + computed);
                int[] table = {1, 2, 3};
                record Point(int x, int y) { int sum() { return x + y; } }
                int scaled(int x) { return x * factor; }
                RemoteFunction<Integer, Integer> f = x -> scaled(x) + table[2];
                System.out.println("variables " + grid.engine(0).apply(f, 10));
                factor = 6;
                System.out.println("changed " + grid.engine(0).apply(f, 10));
                int scaled(int x) { return x * factor + 1000; }
                System.out.println("edited " + grid.engine(0).apply(f, 10));
                class Rate { static int of() { return scaled(1); } }
                System.out.println("class " + grid.engine(0).apply(() -> Rate.of()));
                class Rate { static int of() { return scaled(2); } }
                System.out.println("class edited " + grid.engine(0).apply(() -> Rate.of()));
                int scaled(int x) { return -x; }
                System.out.println("beneath edited " + grid.engine(0).apply(() -> Rate.of()));
                int scaled(int x) { return x * factor; }
                Point point = new Point(3, 4);
                System.out.println("record " + grid.engines().apply(() -> point.sum() + factor));
                System.out.println("map " + grid.loadBalanced().map(p -> p.sum() * factor, List.of(new Point(1, 1), point)));
                java.net.Socket socket = new java.net.Socket();
                try { grid.engine(0).apply(() -> socket.isBound()); } catch (Exception e) { System.out.println("refused " + e.getMessage()); }
                grid.close();
                /exit
                """;

        try (ClientProcess client =
                ClientProcess.start(engines, folder, command).type(lines)) {
            String output = client.await();
            assertThat(SAID.matcher(output).results().map(MatchResult::group))
                    .as(output)
                    .containsExactly(
                            "plain 42",
                            "var 6",
                            "variables 53",
                            "changed 63",
                            "edited 1063",
                            "class 1006",
                            "class edited 1012",
                            "beneath edited -2",
                            "record [13, 13]",
                            "map [12, 42]",
                            "refused cannot send the prompt variable socket, which the function reads: java.net.Socket."
                                    + " A socket belongs to this process; open it inside the task instead.");
        }
    }

    @Test
    void lambdasFromKotlin(Engines engines) throws Exception {
        Path source = Files.writeString(folder.resolve("Kotlin.kt"), """
                import io.gridctl.Grid
                import io.gridctl.function.*

                data class Point(val x: Int, val y: Int)

                fun twice(x: Int) = 2 * x

                fun main() {
                    Grid.connect().use { grid ->
                        val factor = 3
                        var label = "a"
                        println("callable " + grid.engine(0).apply(RemoteCallable { twice(factor) }))
                        println("function " + grid.engine(0).apply(RemoteFunction { p: Point -> p.x + p.y * factor }, Point(1, 2)))
                        label += "b"
                        println("mutable " + grid.engine(0).apply(RemoteCallable { label + listOf(1, 2, 3).map { it * factor }.joinToString() }))
                        println("map " + grid.loadBalanced().map(RemoteFunction { x: Int -> Point(x, twice(x)) }, listOf(1, 2)))
                        println("reference " + grid.engine(0).apply(RemoteFunction(::twice), 21))
                    }
                }
                """);
        Path classes = folder.resolve("kotlin");
        String compiler = join(Stream.of(
                        "kotlin-compiler",
                        "kotlin-stdlib",
                        "kotlin-reflect",
                        "kotlin-script-runtime",
                        "kotlin-annotations",
                        "kotlinx-coroutines")
                .map(Libraries::find));
        String path = join(Stream.concat(Stream.of(Libraries.KOTLIN), gridJars().stream()));
        String compiled = run(
                engines,
                "-cp",
                compiler,
                "org.jetbrains.kotlin.cli.jvm.K2JVMCompiler",
                "-no-stdlib",
                "-no-reflect",
                "-nowarn",
                "-jvm-target",
                "17",
                "-cp",
                path,
                "-d",
                classes.toString(),
                source.toString());
        assertThat(classes.resolve("KotlinKt.class")).as(compiled).exists();

        assertThat(run(engines, "-cp", classes + File.pathSeparator + path, "KotlinKt")
                        .lines())
                .endsWith(
                        "callable 6",
                        "function 7",
                        "mutable ab3, 6, 9",
                        "map [Point(x=1, y=2), Point(x=2, y=4)]",
                        "reference 42");
    }
}
