package io.gridctl.cli.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.gridctl.Grid;
import io.gridctl.cli.code.SharedEngines.Engines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Jars that the engines lack: their classes, their resources, their services. */
@ExtendWith(SharedEngines.class)
class LibrariesIT {
    private static final String MATH = """
            package libraries;
            import io.gridctl.*;
            import java.util.*;
            import org.apache.commons.math3.distribution.NormalDistribution;
            import org.apache.commons.math3.exception.util.LocalizedFormats;
            import org.apache.commons.math3.linear.*;
            import org.apache.commons.math3.random.SobolSequenceGenerator;
            public class Main {
                public static Object compute(Grid grid) throws Exception {
                    RealMatrix matrix = MatrixUtils.createRealMatrix(new double[][] {{2, 1}, {1, 3}});
                    return grid.engine(0).apply(() -> {
                        double[] solution = new LUDecomposition(matrix).getSolver().solve(new ArrayRealVector(new double[] {3, 5})).toArray();
                        double tail = new NormalDistribution(0, 1).cumulativeProbability(0);
                        return String.format(Locale.ROOT, "%.2f %.2f %.2f", solution[0], solution[1], tail);
                    });
                }
                /** Reads assets of the jar. */
                public static Object resources(Grid grid) throws Exception {
                    return grid.engine(0).apply(() -> {
                        double[] vector = new SobolSequenceGenerator(3).skipTo(5);
                        return vector.length + " " + LocalizedFormats.DIMENSION.getLocalizedString(Locale.FRENCH);
                    });
                }
                /** Only the newer version has the class. */
                public static Object version(Grid grid) throws Exception {
                    return grid.engine(0).apply(() -> {
                        try {
                            Class<?> type = Class.forName("org.apache.commons.math3.analysis." + "RealFieldUnivariateFunction");
                            return "newer " + (type.getClassLoader() == NormalDistribution.class.getClassLoader());
                        } catch (ClassNotFoundException e) {
                            return "older " + NormalDistribution.class.getSimpleName();
                        }
                    });
                }
            }
            """;
    private static final String SERVICE = """
            package plugins;
            public interface Greeter { String greet(); }
            """;
    private static final String PROVIDERS = """
            package plugins.inside;
            public class English implements plugins.Greeter {
                public String greet() throws IllegalStateException {
                    try (java.io.InputStream in = English.class.getResourceAsStream("greeting.txt")) {
                        return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
                    } catch (java.io.IOException e) {
                        throw new IllegalStateException(e);
                    }
                }
            }
            """;
    private static final String OTHER_PROVIDER = """
            package other;
            public class German implements plugins.Greeter { public String greet() { return "hallo"; } }
            """;
    private static final String USER = """
            package uses;
            import io.gridctl.*;
            import java.net.URL;
            import java.util.*;
            import java.util.stream.*;
            import plugins.Greeter;
            public class Main {
                public static Object services(Grid grid) throws Exception {
                    return grid.engine(1).apply(() -> ServiceLoader.load(Greeter.class).stream()
                            .map(provider -> provider.get().greet()).sorted().collect(Collectors.joining(",")));
                }
                public static Object allResources(Grid grid) throws Exception {
                    return grid.engine(1).apply(() -> {
                        List<URL> urls = Collections.list(Main.class.getClassLoader().getResources("META-INF/services/plugins.Greeter"));
                        Set<URL> distinct = new HashSet<>(urls);
                        List<String> texts = new ArrayList<>();
                        for (URL url : urls) {
                            try (var in = url.openStream()) { texts.add(new String(in.readAllBytes()).trim()); }
                        }
                        return distinct.size() + " " + texts;
                    });
                }
                public static Object missingResource(Grid grid) throws Exception {
                    return grid.engine(1).apply(() -> Main.class.getResource("/no/such.txt") + " "
                            + Main.class.getResourceAsStream("nothing") + " "
                            + Main.class.getClassLoader().getResources("none").hasMoreElements());
                }
                public static Object ownClassAsResource(Grid grid) throws Exception {
                    return grid.engine(1).apply(() -> {
                        try (var in = Main.class.getResourceAsStream("Main.class")) { return in.readNBytes(2)[0]; }
                    });
                }
            }
            """;

    @TempDir
    Path folder;

    @Test
    void commonsMathComputesAndFindsItsResources(Engines engines) throws Exception {
        try (UserProgram program = UserProgram.compile(folder, List.of(Libraries.COMMONS_MATH), MATH);
                Grid grid = engines.connect()) {
            assertThat(program.call("libraries.Main", "compute", grid)).isEqualTo("0.80 1.40 0.50");
            assertThat(program.call("libraries.Main", "resources", grid)).isEqualTo("3 dimension ({0})");
        }
    }

    @Test
    void twoClientsUseTwoVersionsOfOneLibraryAtOnce(Engines engines) throws Exception {
        try (UserProgram newer = UserProgram.compile(folder.resolve("1"), List.of(Libraries.COMMONS_MATH), MATH);
                UserProgram older =
                        UserProgram.compile(folder.resolve("2"), List.of(Libraries.OLDER_COMMONS_MATH), MATH);
                Grid one = engines.connect();
                Grid two = engines.connect()) {
            assertThat(newer.call("libraries.Main", "version", one)).isEqualTo("newer true");
            assertThat(older.call("libraries.Main", "version", two)).isEqualTo("older NormalDistribution");
            assertThat(newer.call("libraries.Main", "version", one)).isEqualTo("newer true");
        }
    }

    @Test
    void oneClientUsesTwoVersionsOfOneLibraryAtOnce(Engines engines) throws Exception {
        try (UserProgram newer = UserProgram.compile(folder.resolve("1"), List.of(Libraries.COMMONS_MATH), MATH);
                UserProgram older =
                        UserProgram.compile(folder.resolve("2"), List.of(Libraries.OLDER_COMMONS_MATH), MATH);
                Grid grid = engines.connect()) {
            assertThat(newer.call("libraries.Main", "version", grid)).isEqualTo("newer true");
            assertThat(older.call("libraries.Main", "version", grid)).isEqualTo("older NormalDistribution");
            assertThat(newer.call("libraries.Main", "version", grid)).isEqualTo("newer true");
        }
    }

    @Test
    void servicesAndResourcesOfJarsAreFound(Engines engines) throws Exception {
        try (UserProgram program = program();
                Grid grid = engines.connect()) {
            assertThat(program.call("uses.Main", "services", grid)).isEqualTo("hallo,hello from a jar");
            assertThat(program.call("uses.Main", "allResources", grid))
                    .isEqualTo("2 [plugins.inside.English, other.German]");
            assertThat(program.call("uses.Main", "ownClassAsResource", grid)).isEqualTo((byte) 0xCA);
            assertThat(program.call("uses.Main", "missingResource", grid)).isEqualTo("null null false");
        }
    }

    private UserProgram program() throws IOException {
        Path english = library("english", "plugins.inside.English", SERVICE, PROVIDERS);
        Path german;
        try (UserProgram compiled = UserProgram.compile(folder.resolve("german"), List.of(english), OTHER_PROVIDER)) {
            german = jar("german", compiled, "other.German");
        }
        return UserProgram.compile(folder.resolve("user"), List.of(english, german), USER);
    }

    private Path library(String name, String provider, String... sources) throws IOException {
        try (UserProgram compiled = UserProgram.compile(folder.resolve(name), sources)) {
            Files.writeString(compiled.classes().resolve("plugins/inside/greeting.txt"), "hello from a jar");
            return jar(name, compiled, provider);
        }
    }

    private Path jar(String name, UserProgram compiled, String provider) throws IOException {
        Path services = Files.createDirectories(compiled.classes().resolve("META-INF/services"));
        Files.writeString(services.resolve("plugins.Greeter"), provider + "\n");
        return Jars.of(folder.resolve(name + ".jar"), compiled.classes());
    }
}
