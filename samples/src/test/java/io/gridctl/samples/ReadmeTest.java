package io.gridctl.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.gridctl.Grid;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The README's programs compile, and the files that it names are there. */
class ReadmeTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern PROGRAM = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern CLASS = Pattern.compile("public class (\\w+)");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)\\)|([\\w./-]+\\.java)\\b");

    /** What a few lines of the README stand in. */
    private static final String AROUND_LINES = """
            import io.gridctl.*;
            import java.util.*;
            public class Lines {
                void run(Grid grid, DirectView all) throws Exception {
            %s
                }
            }
            """;

    static List<String> programs() throws IOException {
        return matches(PROGRAM)
                .map(block -> block.group(1))
                .map(block -> CLASS.matcher(block).find() ? block : AROUND_LINES.formatted(block))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("programs")
    void everyProgramCompilesAgainstTheApiAlone(String source, @TempDir Path output) throws URISyntaxException {
        Matcher name = CLASS.matcher(source);
        assertThat(name.find()).isTrue();
        Path api = Path.of(
                Grid.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter problems = new StringWriter();

        boolean compiled = compiler.getTask(
                        problems,
                        null,
                        null,
                        List.of("-d", output.toString(), "-cp", api.toString(), "-Xlint:all", "--release", "17"),
                        null,
                        List.of(new Source(name.group(1), source)))
                .call();

        assertThat(problems).hasToString("");
        assertThat(compiled).isTrue();
    }

    @Test
    void everyFileItNamesIsThere() throws IOException {
        List<String> named = matches(LINK)
                .map(link -> link.group(1) != null ? link.group(1) : link.group(2))
                .filter(file -> file.contains("/"))
                .toList();

        assertThat(named)
                .isNotEmpty()
                .allSatisfy(file -> assertThat(ROOT.resolve(file)).exists());
    }

    private static Stream<MatchResult> matches(Pattern pattern) throws IOException {
        return pattern.matcher(Files.readString(ROOT.resolve("README.md"))).results();
    }

    /** A source file that is a string. */
    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String className, String text) {
            super(URI.create("string:///" + className + ".java"), JavaFileObject.Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
