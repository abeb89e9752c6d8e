package io.gridctl.cli.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.gridctl.Grid;
import io.gridctl.cli.code.SharedEngines.Engines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Classes of every kind that a function may lead to. */
@ExtendWith(SharedEngines.class)
class ClassesIT {
    private static final String HELPER = """
            package classes.other;
            public final class Helper {
                private static final int[] TABLE = {10, 20, 30};
                private Helper() {}
                public static int look(int index) { return Deeper.of(TABLE[index]); }
            }
            class Deeper { static int of(int x) { return x + Deepest.ONE; } }
            class Deepest { static final Integer ONE = Integer.valueOf(1); }
            """;
    private static final String NAMED = """
            package classes.other;
            public interface Named {
                String name();
                default String greeting() { return "hello " + name() + suffix(); }
                static Named of(String name) { return () -> name; }
                private String suffix() { return "!"; }
            }
            """;
    private static final String SHAPE = """
            package classes.other;
            public sealed interface Shape permits Shape.Circle, Shape.Square {
                record Circle(double radius) implements Shape {}
                record Square(double side) implements Shape {}
                static double area(Shape shape) {
                    if (shape instanceof Circle circle) { return Math.floor(Math.PI * circle.radius() * circle.radius()); }
                    if (shape instanceof Square square) { return square.side() * square.side(); }
                    throw new IllegalStateException();
                }
            }
            """;
    private static final String OPERATION = """
            package classes.other;
            public enum Operation {
                PLUS { public int apply(int a, int b) { return a + b; } },
                TIMES { public int apply(int a, int b) { return a * b; } };
                public abstract int apply(int a, int b);
            }
            """;
    private static final String LABEL = """
            package classes.other;
            import java.lang.annotation.*;
            @Retention(RetentionPolicy.RUNTIME)
            public @interface Label {
                String value();
                Level level() default Level.LOW;
                Class<?> type() default Void.class;
                Part[] parts() default {};
                enum Level { LOW, HIGH }
                @interface Part { int number(); }
            }
            """;
    private static final String BASE = """
            package library;
            public abstract class Base {
                private final int factor;
                protected Base(int factor) { this.factor = factor; }
                public int times(int x) { return factor * step(x); }
                protected abstract int step(int x);
            }
            """;
    private static final String MAIN = """
            package classes;
            import classes.other.*;
            import io.gridctl.*;
            import io.gridctl.function.*;
            import java.util.*;
            import java.util.function.*;
            public class Main {
                public static Object helpersInOtherPackages(Grid grid) throws Exception {
                    return grid.engine(1).apply(() -> Helper.look(2));
                }
                static class Nested { int value = 5; class Inner { int get() { return value + 1; } } }
                public static Object innerAndNestedClasses(Grid grid) throws Exception {
                    Nested.Inner inner = new Nested().new Inner();
                    return grid.engine(1).apply(() -> inner.get() + new Nested().value);
                }
                public static Object localClass(Grid grid) throws Exception {
                    int captured = 4;
                    class Local { int get() { return captured * 2; } }
                    Local local = new Local();
                    return grid.engine(1).apply(() -> local.get() + new Object() { int y = 1; }.y);
                }
                public static Object anonymousClass(Grid grid) throws Exception {
                    String captured = "x";
                    Supplier<String> supplier = new Supplier<>() { public String get() { return captured + "y"; } };
                    return grid.engine(1).apply(() -> supplier.get() + supplier.getClass().isAnonymousClass());
                }
                record Person(String name) implements Named {}
                public static Object interfacesWithDefaultAndStaticMethods(Grid grid) throws Exception {
                    return grid.engine(1).apply(() -> new Person("ada").greeting() + Named.of("bob").greeting());
                }
                public static Object sealedTypes(Grid grid) throws Exception {
                    Shape circle = new Shape.Circle(2);
                    return grid.engine(1).apply(() -> Shape.area(circle) + Shape.area(new Shape.Square(3)) + " " + Shape.class.isSealed());
                }
                public static Object enumsWithBodies(Grid grid) throws Exception {
                    Operation operation = Operation.TIMES;
                    EnumMap<Operation, Integer> map = new EnumMap<>(Map.of(Operation.PLUS, 1));
                    return grid.engine(1).apply(() -> operation.apply(3, 4) + Operation.valueOf("PLUS").apply(1, map.get(Operation.PLUS)));
                }
                static class Derived extends library.Base {
                    Derived() { super(10); }
                    @Override protected int step(int x) { return x + 1; }
                }
                public static Object superclassFromAJar(Grid grid) throws Exception {
                    library.Base base = new Derived();
                    return grid.engine(1).apply(() -> base.times(3));
                }
                @Label(value = "top", level = Label.Level.HIGH, type = Helper.class, parts = {@Label.Part(number = 1), @Label.Part(number = 2)})
                record Labelled(@Label("part") int x) {}
                public static Object annotationsReadByReflection(Grid grid) throws Exception {
                    return grid.engine(1).apply(() -> {
                        Label label = Labelled.class.getAnnotation(Label.class);
                        return label.value() + label.level() + label.type().getSimpleName() + label.parts()[1].number()
                                + Labelled.class.getRecordComponents()[0].getAnnotation(Label.class).value();
                    });
                }
                @Label("sent") static class Marked {}
                public static Object aClassObjectAsAValue(Grid grid) throws Exception {
                    Class<?> type = Marked.class;
                    return grid.engine(1).apply(() -> type.getAnnotation(Label.class).value() + type.getSimpleName());
                }
                interface Stack<T extends Comparable<T>> { T best(List<? extends T> of); }
                public static Object genericsAndStreams(Grid grid) throws Exception {
                    Stack<String> stack = new Stack<>() { public String best(List<? extends String> of) { return Collections.max(of); } };
                    List<String> names = new ArrayList<>(List.of("b", "c", "a"));
                    return grid.engine(1).apply(() -> stack.best(names) + names.stream().map(Person::new).map(Person::name).sorted().toList());
                }
            }
            """;

    private static UserProgram library;
    private static UserProgram program;

    @BeforeAll
    static void compile(@TempDir Path folder) throws IOException {
        library = UserProgram.compile(folder.resolve("library"), BASE);
        Path jar = Jars.of(folder.resolve("library.jar"), library.classes());
        program =
                UserProgram.compile(folder.resolve("main"), List.of(jar), HELPER, NAMED, SHAPE, OPERATION, LABEL, MAIN);
    }

    @AfterAll
    static void close() throws IOException {
        program.close();
        library.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "helpersInOtherPackages | 31",
                "innerAndNestedClasses | 11",
                "localClass | 9",
                "anonymousClass | xytrue",
                "interfacesWithDefaultAndStaticMethods | hello ada!hello bob!",
                "sealedTypes | 21.0 true",
                "enumsWithBodies | 14",
                "superclassFromAJar | 40",
                "annotationsReadByReflection | topHIGHHelper2part",
                "aClassObjectAsAValue | sentMarked",
                "genericsAndStreams | c[a, b, c]"
            })
    void travel(String method, String result, Engines engines) throws Exception {
        try (Grid grid = engines.connect()) {
            assertThat(program.call("classes.Main", method, grid)).hasToString(result);
        }
    }
}
