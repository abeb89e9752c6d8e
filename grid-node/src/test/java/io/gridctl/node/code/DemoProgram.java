package io.gridctl.node.code;

import java.io.IOException;
import java.nio.file.Path;

/** A program with functions of all kinds. */
final class DemoProgram {
    private static final String HELPER = """
            package demo.help;
            public class Helper {
                private static int calls;
                public static int twice(int x) { calls++; return 2 * x; }
                public static int calls() { return calls; }
            }
            """;
    static final String POINT = """
            package demo;
            public record Point(int x, int y) {
                public int sum() { return x + y; }
            }
            """;
    private static final String COLOUR = """
            package demo;
            public enum Colour {
                RED { public int code() { return 1; } }, BLUE { public int code() { return 2; } };
                public abstract int code();
            }
            """;
    private static final String MAIN = """
            package demo;
            import demo.help.Helper;
            import io.gridctl.function.RemoteFunction;
            import java.io.Serializable;
            import java.util.*;
            import java.util.function.Supplier;
            public class Main {
                private final int base = 100;
                static RemoteFunction<Integer, Integer> f(RemoteFunction<Integer, Integer> f) { return f; }

                public static Object plain() { return f(x -> x + 1); }
                public static Object helper() { return f(x -> Helper.twice(x)); }
                public static Object capturing() {
                    int local = 7; Point point = new Point(1, 2); Colour colour = Colour.BLUE; int[] array = {1, 2, 3};
                    RemoteFunction<Integer, Integer> inner = x -> x * local;
                    return f(x -> inner.apply(x) + point.sum() + colour.code() + array[2]);
                }
                public static Object staticReference() { return f(Helper::twice); }
                public static Object boundReference() { return f(new Main()::add); }
                private int add(int x) { return x + base; }
                public static Object withThis() { return new Main().fromThis(); }
                private Object fromThis() { return f(x -> x + base); }

                static class Nested { int value = 5; class Inner { int get() { return value + 1; } } }
                public static Object inner() { Nested.Inner inner = new Nested().new Inner(); return f(x -> x + inner.get()); }
                public static Object anonymous() {
                    Supplier<Integer> supplier = new Supplier<>() { public Integer get() { return 9; } };
                    class Local { int get() { return supplier.get() + 1; } }
                    Local local = new Local();
                    return f(x -> x + local.get());
                }
                public static Object onlyInside() { return f(x -> new Object() { int y = Colour.RED.code() + x; }.y); }

                static final List<Point> kept = new ArrayList<>();
                public static Object keep() { return f(x -> { kept.add(new Point(x, x)); return kept.size(); }); }
                public static Object read() { return f(x -> { for (Point p : kept) { x += p.sum(); } return x; }); }
                public static Object point() { return new Point(3, 4); }
                public static Object sumOf() {
                    return (RemoteFunction<Object, Integer> & Serializable) p -> ((Point) p).sum();
                }
                public static Object byName() {
                    return f(x -> (Integer) Class.forName("demo." + "Late").getMethod("value").invoke(null) + x);
                }
            }
            """;
    static final String LATE = """
            package demo;
            public class Late { public static int value() { return 50; } }
            """;

    private DemoProgram() {}

    /** Compiles it in a folder. */
    static void compile(Path folder) throws IOException {
        UserCode.compile(folder, HELPER, POINT, COLOUR, MAIN, LATE);
    }

    /** It under a loader of its own. */
    static ClassLoader loader(Path folder) throws IOException {
        return UserCode.loader(folder.resolve("classes"));
    }
}
