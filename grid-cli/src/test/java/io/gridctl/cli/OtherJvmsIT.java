package io.gridctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gridctl.Grid;
import io.gridctl.cli.Gridctl.Result;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients and engines on JVMs that differ from each other, or that have few cores. */
@Tag("any-jvm")
class OtherJvmsIT {
    private static final String PROGRAM = """
            import io.gridctl.CompositeException;
            import io.gridctl.Grid;
            import java.time.LocalDate;
            import java.util.*;
            import java.util.concurrent.CompletableFuture;
            import java.util.function.Supplier;
            public class Sent {
                record Point(int x, LocalDate day, List<String> texts, Optional<Random> random) {}
                enum Colour { RED { int code() { return 1; } }; abstract int code(); }
                static class Odd extends RuntimeException {
                    final Point point;
                    Odd(Point point) { super("odd"); this.point = point; }
                }
                public static void main(String[] args) throws Exception {
                    try (Grid grid = Grid.connect()) {
                        Point point = new Point(7, LocalDate.of(2026, 1, 2), List.of("a"), Optional.of(new Random(1)));
                        grid.engines().push("p", point);
                        List<Integer> sums = grid.engines().apply(names -> names.<Point>get("p").x() + Colour.RED.code());
                        Point back = grid.engine(0).pull("p");
                        List<Integer> squares = grid.loadBalanced().map(x -> x * x, List.of(1, 2, 3));
                        String failure = "";
                        try {
                            grid.engine(0).apply(() -> { throw new Odd(point); });
                        } catch (io.gridctl.TaskFailedException e) {
                            failure = e.getCause() instanceof Odd odd ? "odd " + odd.point.x() : "lost " + e;
                        }
                        String there = grid.engine(0).apply(() -> System.getProperty("java.specification.version"));
                        Supplier<Integer> nine = (Supplier<Integer> & java.io.Serializable) () -> 9;
                        System.out.println("supplied " + CompletableFuture.supplyAsync(
                                nine, grid.loadBalanced().asExecutorService()).get());
                        System.out.println(sums + " " + back.day() + " " + squares + " " + failure);
                        System.out.println("client " + System.getProperty("java.specification.version")
                                + " engine " + there);
                    }
                }
            }
            """;
    private static final String PRINTED = "[8, 8] 2026-01-02 [1, 4, 9] odd 7";

    @TempDir
    Path folder;

    private Gridctl gridctl;

    @BeforeEach
    void prepare() {
        gridctl = new Gridctl(folder);
    }

    @AfterEach
    void stopEverything() throws IOException {
        gridctl.close();
    }

    private static Path own() {
        Path home = Path.of(System.getProperty("gridctl.java")).getParent().getParent();
        return home == null ? Path.of("/") : home;
    }

    /** The feature version of the JDK in a folder, empty if there is none. */
    private static Optional<Integer> version(Path home) {
        try {
            if (!Files.isExecutable(home.resolve("bin/javac")) || !Files.isReadable(home.resolve("release"))) {
                return Optional.empty();
            }
            Properties release = new Properties();
            release.load(new StringReader(Files.readString(home.resolve("release"))));
            String text = release.getProperty("JAVA_VERSION", "").replace("\"", "");
            return text.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Runtime.Version.parse(text).feature());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A JDK of another version, or else the test is skipped. */
    private static Path other() throws IOException {
        Optional<Integer> own = version(own());
        for (String where : List.of("/usr/lib/jvm", "/opt", "/Library/Java/JavaVirtualMachines")) {
            Path parent = Path.of(where);
            if (!Files.isDirectory(parent)) {
                continue;
            }
            try (Stream<Path> homes = Files.list(parent)) {
                Optional<Path> found = homes.flatMap(home -> Stream.of(home, home.resolve("Contents/Home")))
                        .filter(home -> version(home).filter(it -> it >= 17).isPresent())
                        .filter(home -> !version(home).equals(own))
                        .sorted()
                        .findFirst();
                if (found.isPresent()) {
                    return found.get();
                }
            }
        }
        System.out.println("skipped: no second JDK is installed, so clients and engines of different versions are not"
                + " tested");
        Assumptions.abort("no second JDK");
        throw new IllegalStateException("unreachable");
    }

    private void start(Map<String, String> environment) throws IOException, InterruptedException {
        Result start = gridctl.run(environment, "start", "-n", "2", "--detach");
        assertThat(start.exitCode()).as(start.err()).isZero();
    }

    private static Map<String, String> on(Path home) {
        return Map.of("JAVA_HOME", home.toString());
    }

    /** A jar for Java 17, whatever compiles it. */
    private Path jar() throws IOException, URISyntaxException {
        Path source = Files.writeString(folder.resolve("Sent.java"), PROGRAM);
        Path classes = Files.createDirectories(folder.resolve("classes"));
        Path api = Path.of(
                Grid.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        StringWriter problems = new StringWriter();
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of("--release", "17", "-d", classes.toString(), "-cp", api.toString());
            assertThat(compiler.getTask(problems, files, null, options, null, files.getJavaFileObjects(source))
                            .call())
                    .as(problems.toString())
                    .isTrue();
        }
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "Sent");
        Path jar = folder.resolve("sent.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream packed = new JarOutputStream(out, manifest);
                Stream<Path> files = Files.list(classes)) {
            for (Path file : files.toList()) {
                packed.putNextEntry(new ZipEntry(String.valueOf(file.getFileName())));
                Files.copy(file, packed);
            }
        }
        return jar;
    }

    private void runsThere(Path client, Path engines) throws Exception {
        start(on(engines));

        Result result = gridctl.run(on(client), "run", jar().toString());

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out())
                .contains(PRINTED)
                .contains("supplied 9")
                .contains("client " + version(client).orElseThrow() + " engine "
                        + version(engines).orElseThrow());
        assertThat(result.err()).doesNotContain("WARNING");
    }

    @Test
    void aProgramRunsOnEnginesOfAnotherJava() throws Exception {
        runsThere(own(), other());
    }

    @Test
    void aProgramOnAnotherJavaUsesTheseEngines() throws Exception {
        runsThere(other(), own());
    }

    @Test
    void aProgramThatIsTooNewForTheEnginesIsToldSo() throws Exception {
        int own = version(own()).orElseThrow();
        int other = version(other()).orElseThrow();
        Path newer = own > other ? own() : other();
        start(on(own > other ? other() : own()));
        Path source = Files.writeString(folder.resolve("Sent.java"), PROGRAM);

        Result result = gridctl.run(on(newer), "run", source.toString());

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err())
                .contains("was compiled for Java " + Math.max(own, other) + ", and this engine runs Java "
                        + Math.min(own, other) + ". Compile it with --release " + Math.min(own, other));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aFewCoresAreEnough(int cores) throws Exception {
        Map<String, String> few = Map.of("JAVA_TOOL_OPTIONS", "-XX:ActiveProcessorCount=" + cores);
        start(few);

        Result result = gridctl.run(few, "run", jar().toString());

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).contains(PRINTED);
    }
}
