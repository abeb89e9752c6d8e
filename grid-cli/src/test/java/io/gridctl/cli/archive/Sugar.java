package io.gridctl.cli.archive;

import java.io.Serializable;
import java.nio.CharBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.IntBinaryOperator;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;

/** Each kind of lambda, method reference and string concatenation, with what becomes of them as text. */
final class Sugar implements Callable<String> {
    private final List<String> seen = new ArrayList<>();
    private final String own = "own";

    private interface Greeting {
        String hello(String name);

        default Greeting twice() {
            return name -> hello(name) + hello(name);
        }

        static Greeting polite() {
            return name -> "Dear " + name + ", ";
        }
    }

    private interface Names extends Function<String, String>, Serializable {}

    private static final class Inner {
        private static String secret(Object value) {
            return "secret of " + value;
        }

        Supplier<String> supplier(long number, double fraction) {
            return () -> number + " and " + fraction + " of "
                    + secret(this.getClass().getSimpleName());
        }
    }

    /** What it is made of. */
    static List<Class<?>> all() {
        return List.of(Sugar.class, Greeting.class, Names.class, Inner.class);
    }

    @Override
    public String call() throws Exception {
        lambdas();
        references();
        concatenations();
        return String.join("\n", seen);
    }

    private void lambdas() throws Exception {
        byte small = 1;
        char letter = 'b';
        boolean yes = true;
        int[] array = {3, 4};
        Supplier<Object> capturing = () -> "" + small + letter + yes + array[1] + own;
        seen.add(capturing.get().toString());
        IntBinaryOperator add = (a, b) -> a + b;
        seen.add("sum " + add.applyAsInt(2, 3));
        LongFunction<Long> twice = a -> 2 * a;
        seen.add("twice " + twice.apply(1L << 40));
        DoubleUnaryOperator half = a -> a / 2;
        seen.add("half " + half.applyAsDouble(3));
        Callable<int[]> copy = array::clone;
        seen.add("copy " + copy.call()[0]);
        Runnable adds = () -> seen.add("run");
        adds.run();
        UnaryOperator<Function<Integer, Integer>> nested = f -> x -> f.apply(f.apply(x));
        seen.add("nested " + nested.apply(x -> x + 1).apply(1));
        Names sent = name -> "sent " + name;
        seen.add(sent.apply("x"));
        seen.add(Greeting.polite().twice().hello("Ada"));
        seen.add(new Inner().supplier(7, 0.5).get());
    }

    private void references() {
        Function<Object, String> secret = Inner::secret;
        seen.add(secret.apply(1));
        Function<String, Integer> unbound = String::length;
        ToIntFunction<String> unboxed = Integer::valueOf;
        seen.add("length " + unbound.apply("four") + " " + unboxed.applyAsInt("5"));
        Supplier<List<String>> constructor = ArrayList::new;
        Function<Integer, int[]> arrays = int[]::new;
        seen.add("made " + constructor.get().size() + arrays.apply(2).length);
        Function<String, String> bound = "prefix "::concat;
        BiFunction<String, String, Integer> compare = String::compareTo;
        seen.add(bound.apply("x") + compare.apply("a", "b"));
        Supplier<String> inherited = super::toString;
        seen.add(String.valueOf(inherited.get().isEmpty()));
        List.of("c", "a", "b").stream()
                .sorted(String::compareTo)
                .map(this::marked)
                .forEach(seen::add);
    }

    private String marked(String text) {
        return own + ": " + text;
    }

    @SuppressWarnings("ArrayToString")
    private void concatenations() {
        String nothing = null;
        CharSequence builder = CharBuffer.wrap("builder");
        short brief = -3;
        char[] characters = {'x'};
        Object object = characters;
        boolean same = ("" + characters).equals("" + object);
        seen.add(nothing + "|" + builder + "|" + brief + "|" + 1.5f + 2L + "\u0001\u0002" + same + '\n' + "%s\\" + 'q');
        String grown = "a";
        grown += brief + seen.size();
        seen.add(grown);
    }
}
