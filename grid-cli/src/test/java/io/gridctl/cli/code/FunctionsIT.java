package io.gridctl.cli.code;

import static org.assertj.core.api.Assertions.assertThat;

import io.gridctl.Grid;
import io.gridctl.cli.code.SharedEngines.Engines;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Functions of every kind, and what they capture. */
@ExtendWith(SharedEngines.class)
class FunctionsIT {
    private static final String MAIN = """
            package functions;
            import io.gridctl.*;
            import io.gridctl.function.*;
            import java.io.Serializable;
            import java.util.*;
            public class Main {
                record Point(int x, int y) { int sum() { return x + y; } }
                enum Colour { RED, BLUE }
                /** The user's own. */
                interface Formula extends Serializable { double at(double x) throws Exception; }

                public static Object lambda(Grid grid) throws Exception {
                    return grid.engine(0).apply(() -> 6 * 7);
                }
                public static Object staticMethodReference(Grid grid) throws Exception {
                    return grid.engine(0).apply(Main::square, 5);
                }
                public static Object streamsOfATask(Grid grid) throws Exception {
                    grid.engine(0).run(() -> {
                        System.setOut(new java.io.PrintStream(java.io.OutputStream.nullOutputStream()));
                        System.setErr(System.out);
                        System.out.println("lost");
                    });
                    AsyncResult<?> later = grid.engine(0).runAsync(() -> { System.out.print("heard"); System.err.print("too"); });
                    later.await();
                    return later.stdout().strip() + " " + later.stderr().strip();
                }
                static int square(int x) { return x * x; }
                public static Object boundMethodReference(Grid grid) throws Exception {
                    return grid.engine(0).apply(new Point(3, 4)::sum);
                }
                public static Object unboundMethodReference(Grid grid) throws Exception {
                    return grid.engine(0).apply(Point::sum, new Point(5, 6));
                }
                public static Object constructorReference(Grid grid) throws Exception {
                    return grid.engine(0).apply(Point::new, 1, 2);
                }
                static class Adder implements RemoteFunction<Integer, Integer> {
                    public Integer apply(Integer x) { return x + 1; }
                }
                public static Object staticNestedFunction(Grid grid) throws Exception {
                    return grid.engine(0).apply(new Adder(), 41);
                }
                public static Object capturedLocals(Grid grid) throws Exception {
                    int number = 2; String text = "ab"; double real = 0.5; char letter = 'z'; boolean yes = true; long big = 1L << 40;
                    return grid.engine(0).apply(() -> number + text + real + letter + yes + big);
                }
                public static Object capturedRecord(Grid grid) throws Exception {
                    Point point = new Point(1, 2);
                    return grid.engine(0).apply(() -> point.sum());
                }
                public static Object capturedEnum(Grid grid) throws Exception {
                    Colour colour = Colour.BLUE;
                    return grid.engine(0).apply(() -> colour == Colour.BLUE ? colour.ordinal() : -1);
                }
                public static Object capturedArrays(Grid grid) throws Exception {
                    int[] numbers = {1, 2, 3}; String[][] texts = {{"a"}, {"b", "c"}}; Point[] points = {new Point(7, 8), null};
                    return grid.engine(0).apply(() -> numbers[2] + texts[1][1] + points[0].sum() + points[1] + points.getClass().getSimpleName());
                }
                public static Object capturedLambda(Grid grid) throws Exception {
                    int factor = 3;
                    RemoteFunction<Integer, Integer> inner = x -> x * factor;
                    RemoteFunction<Integer, Integer> outer = x -> inner.apply(x) + 1;
                    return grid.engine(0).apply(() -> outer.apply(10));
                }
                public static Object ownFunctionalType(Grid grid) throws Exception {
                    Formula formula = x -> x * x + 1;
                    return grid.engine(0).apply(() -> formula.at(3));
                }
                static class Counter implements RemoteCallable<Integer> {
                    private int count; private final List<Integer> seen = new ArrayList<>();
                    Counter(int start) { count = start; }
                    public Integer call() { seen.add(count++); return seen.get(0) + seen.size(); }
                }
                public static Object functionObjectWithState(Grid grid) throws Exception {
                    Counter counter = new Counter(10);
                    int first = grid.engine(0).apply(counter);
                    // The engine worked on a copy.
                    return first + " " + grid.engine(0).apply(counter) + " " + counter.count;
                }
                public static Object twoArguments(Grid grid) throws Exception {
                    return grid.engine(0).apply((Integer a, Point b) -> a + b.sum(), 1, new Point(2, 3));
                }
                public static Object namespaceFunction(Grid grid) throws Exception {
                    grid.engines().push("functions.base", new Point(20, 1));
                    return grid.engines().apply((Namespace ns, Integer x) -> ns.<Point>get("functions.base").sum() + x + ns.engineId(), 1);
                }
                public static Object mapOverEngines(Grid grid) throws Exception {
                    return grid.loadBalanced().map(Point::sum, List.of(new Point(1, 1), new Point(2, 2), new Point(3, 3)));
                }
            }
            """;

    private static UserProgram program;

    @BeforeAll
    static void compile(@TempDir Path folder) throws IOException {
        program = UserProgram.compile(folder, MAIN);
    }

    @AfterAll
    static void close() throws IOException {
        program.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "streamsOfATask | [stdout:0] heard [stderr:0] too",
                "lambda | 42",
                "staticMethodReference | 25",
                "boundMethodReference | 7",
                "unboundMethodReference | 11",
                "constructorReference | Point[x=1, y=2]",
                "staticNestedFunction | 42",
                "capturedLocals | 2ab0.5ztrue1099511627776",
                "capturedRecord | 3",
                "capturedEnum | 1",
                "capturedArrays | 3c15nullPoint[]",
                "capturedLambda | 31",
                "ownFunctionalType | 10.0",
                "functionObjectWithState | 11 11 10",
                "twoArguments | 6",
                "namespaceFunction | [22, 23]",
                "mapOverEngines | [2, 4, 6]"
            })
    void runsOnEnginesThatHaveNeverSeenIt(String method, String result, Engines engines) throws Exception {
        try (Grid grid = engines.connect()) {
            assertThat(program.call("functions.Main", method, grid)).hasToString(result);
        }
    }
}
